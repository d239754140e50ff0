package org.meterledger.charging;

import java.util.EnumMap;
import java.util.Map;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;

/** The numbers of each {@link Curve}. */
final class CurveDomains {

  private static final Map<Curve, ECNamedDomainParameters> DOMAINS = new EnumMap<>(Curve.class);

  static {
    for (var curve : Curve.values()) {
      // several times as fast where the library has arithmetic for the curve; not for brainpool
      var fast = CustomNamedCurves.getByOID(curve.oid());
      DOMAINS.put(
          curve,
          new ECNamedDomainParameters(
              curve.oid(), fast == null ? ECNamedCurveTable.getByOID(curve.oid()) : fast));
    }
  }

  private CurveDomains() {}

  static ECNamedDomainParameters of(Curve curve) {
    return DOMAINS.get(curve);
  }
}
