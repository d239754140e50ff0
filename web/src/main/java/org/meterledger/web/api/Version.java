package org.meterledger.web.api;

import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/** The version of a thing as its entity tag: who changes it says which one he has seen. */
public final class Version {

  private Version() {}

  public static EntityTag tag(int version) {
    return new EntityTag(String.valueOf(version));
  }

  /** 201 with the address of the new thing, which is below that of all. */
  public static Response created(UriInfo all, int id, int version, Object body) {
    return Response.created(all.getAbsolutePathBuilder().path(String.valueOf(id)).build())
        .tag(tag(version))
        .entity(body)
        .build();
  }

  /** 200 with what there is. */
  public static Response answer(int version, Object body) {
    return Response.ok(body).tag(tag(version)).build();
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
