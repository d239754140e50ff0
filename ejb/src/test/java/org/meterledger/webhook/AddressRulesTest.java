package org.meterledger.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRulesTest {

  /** Names of these tests; all else must be literal, and is then asked of nobody. */
  private static final Map<String, String[]> NAMES =
      Map.of(
          "hooks.example.com", new String[] {"93.184.215.14", "2606:2800:21f:cb07::1"},
          "inside.example.com", new String[] {"10.0.0.7"},
          "half.example.com", new String[] {"93.184.215.14", "192.168.1.1"},
          "localhost", new String[] {"127.0.0.1"});

  private static InetAddress[] resolve(String host) throws UnknownHostException {
    if (!NAMES.containsKey(host)) {
      if (host.matches(".*[g-z].*")) {
        throw new UnknownHostException(host);
      }
      return InetAddress.getAllByName(host);
    }
    var texts = NAMES.get(host);
    var addresses = new InetAddress[texts.length];
    for (int i = 0; i < texts.length; i++) {
      addresses[i] = InetAddress.getByName(texts[i]);
    }
    return addresses;
  }

  private static String refusal(String allow, String url) {
    var refused =
        catchThrowableOfType(
            AddressRefused.class,
            () -> new AddressRules(allow, AddressRulesTest::resolve).check(url));
    return refused == null ? "" : refused.rule();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://hooks.example.com/a?b=c",
        "HTTP://Hooks.Example.COM:8080",
        "https://hooks.example.com./",
        "http://93.184.215.14/",
        "https://[2606:2800:21f:cb07::1]:8443/x",
        "http://172.15.255.255/",
        "http://172.32.0.1/",
        "http://100.128.0.1/",
        "http://192.169.0.1/"
      })
  void thePublicInternetMayBeTold(String url) {
    assertThat(refusal(null, url)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1/",
        "http://127.255.0.3:8080/",
        "http://localhost/",
        "http://LOCALHOST./",
        "http://0.0.0.0/",
        "http://0.1.2.3/",
        "http://10.0.0.7/",
        "http://100.64.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://172.16.0.1/",
        "http://172.31.255.255/",
        "http://192.168.1.1/",
        "http://192.0.0.1/",
        "http://192.0.2.1/",
        "http://198.18.0.1/",
        "http://198.51.100.1/",
        "http://203.0.113.1/",
        "http://224.0.0.1/",
        "http://240.0.0.1/",
        "http://255.255.255.255/",
        "http://[::]/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:10.0.0.7]/",
        "http://[::ffff:a00:7]/",
        "http://[::127.0.0.1]/",
        "http://[64:ff9b::10.0.0.7]/",
        "http://[64:ff9b:1::a00:7]/",
        "http://[2002:a00:7::]/",
        "http://[2001:0:a00:7::]/",
        "http://[2001:db8::1]/",
        "http://[fe80::1]/",
        "http://[fe80::1%25eth0]/",
        "http://[fec0::1]/",
        "http://[fc00::1]/",
        "http://[fd00:ec2::254]/",
        "http://[ff02::1]/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://017700000001/",
        "http://127.1/",
        "http://0177.0.0.1/",
        "http://0x7f.0.0.1/",
        "http://127.0.0.0x1/",
        "http://10.0.0.7./",
        "http://127.0.0.01/",
        "http://93.184.215.014/",
        "http://127%2e0.0.1/",
        "http://inside.example.com/",
        "http://half.example.com/"
      })
  void theNetworkOfTheServerMayNot(String url) {
    assertThat(refusal(null, url)).isEqualTo("private");
  }

  @ParameterizedTest
  @CsvSource({
    "ftp://hooks.example.com/, scheme",
    "file:///etc/passwd, scheme",
    "hooks.example.com, scheme",
    "https://ann:secret@hooks.example.com/, userInfo",
    "https://hooks.example.com@127.0.0.1/, userInfo",
    "https:///path, url",
    "https:hooks.example.com, url",
    "https://hooks.example.com/#part, url",
    "https://hooks.example.com:0/, url",
    "https://hooks.example.com:65536/, url",
    "'https://hooks.example.com/a b', url",
    "https://hooks_example/, url",
    "https://nobody.example.com/, unknown"
  })
  void whatIsNoAddressSaysWhy(String url, String rule) {
    assertThat(refusal(null, url)).isEqualTo(rule);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, http://10.0.0.7/, ''",
    "10.0.0.0/8, http://inside.example.com/, ''",
    "10.0.0.0/8, http://11.0.0.1/, ''",
    "10.0.0.0/8, http://192.168.1.1/, private",
    "10.0.0.0/8, http://half.example.com/, private",
    "10.0.0.7, http://10.0.0.7/, ''",
    "10.0.0.7, http://10.0.0.8/, private",
    "' a.example, Inside.Example.com ', http://inside.example.com./, ''",
    "inside.example.com, http://10.0.0.7/, private",
    "'10.0.0.0/9,fd00::/8', http://[fd12::1]/, ''",
    "10.0.0.0/9, http://10.128.0.1/, private",
    "::1, http://[::1]/, ''",
    "127.0.0.0/8, http://2130706433/, private",
    "0.0.0.0/0, http://[::1]/, private"
  })
  void theOperatorMayAllowMore(String allow, String url, String rule) {
    assertThat(refusal(allow, url)).isEqualTo(rule);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0/33", "10.0.0.0/x", "10.0.0.0/-1", "example.com/8", "1.2.3.400"})
  void anAllowanceThatMeansNothingIsNotPassedOver(String allow) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AddressRules(allow, AddressRulesTest::resolve));
  }

  @Test
  void theConnectionGetsAllAddressesAndThePort() {
    var checked =
        new AddressRules(null, AddressRulesTest::resolve).check("https://HOOKS.example.com./x");
    assertThat(checked.addresses()).hasSize(2);
    assertThat(checked.place()).isEqualTo("hooks.example.com:443");
    assertThat(checked.secure()).isTrue();
  }
}
