package org.meterledger.web.api;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;

/** The API; every page could be built on it. */
@ApplicationPath("/api/v1")
@OpenAPIDefinition(
    info =
        @Info(
            title = "Meterledger",
            version = "1",
            description =
                "Metering portal and head-end system. Times are instants with offset, values are"
                    + " decimal numbers with unit, what is missing is null. Errors are problem"
                    + " details (RFC 9457) with the field and the rule. In CSV a text that begins"
                    + " as a formula does (= + - @, tab, line end) has an apostrophe before it;"
                    + " numbers and JSON are as they are. Who asks too often is answered 429 with"
                    + " Retry-After."),
    security = @SecurityRequirement(name = "bearer"))
@SecurityScheme(
    securitySchemeName = "bearer",
    type = SecuritySchemeType.HTTP,
    scheme = "bearer",
    description = "A token from POST /tokens, or the one that a page gives its own scripts")
public class Api extends Application {}
