package org.meterledger.web.layout;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.text.MessageFormat;
import java.util.ResourceBundle;
import org.meterledger.metering.ObisCode;

/** Words of the bundle, for beans and for keys that are put together. */
@Named
@RequestScoped
public class Texts {

  private static final String BUNDLE = "org.meterledger.web.text";

  @Inject private Preferences preferences;

  /** The text, with {@code {0}} and so on replaced. */
  public String get(String key, Object... values) {
    String pattern = bundle().getString(key);
    return values.length == 0
        ? pattern
        : new MessageFormat(pattern, preferences.getLocale()).format(values);
  }

  /** The text of {@code group.name}; the name itself where the bundle does not know it. */
  public String of(String group, Object name) {
    String key = group + "." + name;
    return bundle().containsKey(key) ? bundle().getString(key) : String.valueOf(name);
  }

  /** A register in words, for example "Active import T1"; its code where there are none. */
  public String register(ObisCode obis) {
    String own = "register." + obis.shortText();
    if (bundle().containsKey(own)) {
      return bundle().getString(own);
    }
    String key = "register." + obis.c() + "." + obis.d();
    if (obis.a() != 1 || obis.b() != 0 || !bundle().containsKey(key)) {
      return obis.shortText();
    }
    return obis.e() == 0 ? bundle().getString(key) : bundle().getString(key) + " T" + obis.e();
  }

  private ResourceBundle bundle() {
    return ResourceBundle.getBundle(BUNDLE, preferences.getLocale(), getClass().getClassLoader());
  }
}
