package org.meterledger.web.api;

import jakarta.ws.rs.core.EntityTag;

/** The version of a thing as its entity tag: who changes it says which one he has seen. */
public final class Version {

  private Version() {}

  public static EntityTag tag(int version) {
    return new EntityTag(String.valueOf(version));
  }

  /**
   * @param ifMatch the header, null without
   * @throws Refused 428 without the header, 412 when it names another version
   */
  public static void require(String ifMatch, int version) {
    if (ifMatch == null) {
      throw new Refused(Problem.of(428, "If-Match with the ETag of the last GET is needed"));
    }
    for (String candidate : ifMatch.split(",")) {
      String tag = candidate.strip();
      if (tag.equals("*") || tag.equals("\"" + version + "\"")) {
        return;
      }
    }
    throw changed();
  }

  public static Refused changed() {
    return new Refused(Problem.of(412, "It was changed by somebody else meanwhile; GET it again"));
  }
}
