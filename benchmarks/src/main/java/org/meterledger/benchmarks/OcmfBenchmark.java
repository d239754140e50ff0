package org.meterledger.benchmarks;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.meterledger.charging.ChargingPublicKey;
import org.meterledger.charging.Curve;
import org.meterledger.charging.OcmfRecord;
import org.meterledger.charging.Verdict;

/** What a verdict on a signed charging record costs, against verifying its bytes alone. */
final class OcmfBenchmark implements Benchmark {

  private static final int SIGNED = 50;
  private static final Provider PROVIDER = new BouncyCastleProvider();

  /** As a DMED4 writes it: begin and end of import, export and session. */
  private static final String PAYLOAD =
      """
      {"FV":"1.0","GI":"DMED4","GS":"4711","GV":"1.0","PG":"T%d","MV":"Maker","MM":"DC","MS":"4711",\
      "MF":"1.0","IS":true,"IL":"TRUSTED","IF":["RFID_NONE","OCPP_AUTH_TLS"],"IT":"ISO14443",\
      "ID":"1F2D3A4F5506C7","TT":"0.42 EUR/kWh","RD":[{"TM":"2026-11-22T10:00:00,000+0100 S",\
      "TX":"B","RV":1000.000,"RI":"1-0:1.8.0","RU":"kWh","RT":"DC","EF":"","ST":"G"},\
      {"RV":3.000,"RI":"1-0:2.8.0","RU":"kWh","ST":"G"},\
      {"RV":0.000,"RI":"01-00:B2.08.00*FF","RU":"kWh","ST":"G"},\
      {"TM":"2026-11-22T10:30:00,000+0100 S","TX":"E","RV":1012.345,"RI":"1-0:1.8.0","RU":"kWh",\
      "RT":"DC","EF":"","ST":"G"},{"RV":3.000,"RI":"1-0:2.8.0","RU":"kWh","ST":"G"},\
      {"RV":12.345,"RI":"01-00:B2.08.00*FF","RU":"kWh","ST":"G"}]}""";

  @Override
  public String name() {
    return "ocmf";
  }

  @Override
  public String purpose() {
    return "signed charging records read and verified, against the signature alone";
  }

  @Override
  public List<Options.Option> options() {
    return List.of(
        new Options.Option("--records", "500", "verified in a round, of each curve"),
        new Options.Option("--rounds", "5", "the median counts"));
  }

  @Override
  public void run(Options options, Report report) throws Exception {
    int records = options.number("--records");
    int rounds = options.number("--rounds");
    for (var curve : Curve.values()) {
      var signed = new SignedTexts(curve);
      signed.verdicts(records); // warms up both
      signed.signatures(records);
      // in turns, so that both find the same machine
      var verdicts = new ArrayList<Double>();
      var signatures = new ArrayList<Double>();
      for (int i = 0; i < rounds; i++) {
        verdicts.add(Measure.seconds(() -> signed.verdicts(records)));
        signatures.add(Measure.seconds(() -> signed.signatures(records)));
      }
      double perSecond = records / Measure.median(verdicts);
      double alone = records / Measure.median(signatures);
      report.figure(
          new Report.Figure(
              "ocmf." + curve.text().toLowerCase(Locale.ROOT),
              perSecond,
              "records/s",
              perSecond / alone),
          "%s: %.0f records/s read and verified, %.0f/s signatures alone: %.2f",
          curve.text(),
          perSecond,
          alone,
          perSecond / alone);
    }
  }

  /** Records of one key. */
  private static final class SignedTexts {

    private final KeyPair keys;
    private final ChargingPublicKey key;
    private final List<byte[]> payloads = new ArrayList<>();
    private final List<byte[]> signatures = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();

    SignedTexts(Curve curve) throws Exception {
      var generator = KeyPairGenerator.getInstance("EC", PROVIDER);
      generator.initialize(new ECGenParameterSpec(curve.text()));
      keys = generator.generateKeyPair();
      key = ChargingPublicKey.of(keys.getPublic().getEncoded());
      for (int i = 0; i < SIGNED; i++) {
        var payload = PAYLOAD.formatted(i);
        var signer = Signature.getInstance("SHA256withECDSA", PROVIDER);
        signer.initSign(keys.getPrivate());
        signer.update(payload.getBytes(StandardCharsets.UTF_8));
        byte[] signature = signer.sign();
        payloads.add(payload.getBytes(StandardCharsets.UTF_8));
        signatures.add(signature);
        texts.add(
            "OCMF|%s|{\"SA\":\"ECDSA-%s-SHA256\",\"SD\":\"%s\"}"
                .formatted(payload, curve.text(), HexFormat.of().formatHex(signature)));
      }
    }

    void verdicts(int records) throws Exception {
      for (int i = 0; i < records; i++) {
        check(Verdict.of(OcmfRecord.of(texts.get(i % SIGNED)), key, "4711").valid());
      }
    }

    void signatures(int records) throws Exception {
      for (int i = 0; i < records; i++) {
        var verifier = Signature.getInstance("SHA256withECDSA", PROVIDER);
        verifier.initVerify(keys.getPublic());
        verifier.update(payloads.get(i % SIGNED));
        check(verifier.verify(signatures.get(i % SIGNED)));
      }
    }

    private static void check(boolean valid) {
      if (!valid) {
        throw new IllegalStateException("A record that was just signed does not verify");
      }
    }
  }
}
