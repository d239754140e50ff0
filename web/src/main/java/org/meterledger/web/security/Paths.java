package org.meterledger.web.security;

import static java.util.stream.Collectors.joining;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.meterledger.access.Permission;
import org.meterledger.access.Privileges;
import org.meterledger.user.ProviderSettings;

/** What the address of a request says about it. */
public final class Paths {

  static final String SIGN_IN = "/login.xhtml";
  static final String SECOND_FACTOR = "/second-factor.xhtml";
  static final String HOME = "/";
  static final String OWN_PAGE = "/account.xhtml";

  private Paths() {}

  /** Below the context, normalised by the container. */
  static String path(HttpServletRequest request) {
    String info = request.getPathInfo();
    return info == null ? request.getServletPath() : request.getServletPath() + info;
  }

  static boolean isApi(HttpServletRequest request) {
    String path = path(request);
    return path.equals("/api") || path.startsWith("/api/");
  }

  /** Style sheets, scripts and pictures, the same for everybody. */
  static boolean isResource(HttpServletRequest request) {
    return path(request).startsWith("/jakarta.faces.resource/");
  }

  /** The web socket of open pages. */
  static boolean isPush(HttpServletRequest request) {
    return path(request).equals("/push");
  }

  /** A browser names the site of the page that sends something; other programs name none. */
  static boolean isForeign(HttpServletRequest request) {
    String origin = request.getHeader("Origin");
    String host = request.getHeader("Host");
    return origin != null && !origin.equals("https://" + host) && !origin.equals("http://" + host);
  }

  /** To the identity provider, and back from it. */
  static boolean isProvider(HttpServletRequest request) {
    String path = path(request);
    return path.equals(ProviderSignIn.BEGIN) || path.equals(ProviderSettings.CALLBACK);
  }

  static boolean isPage(HttpServletRequest request) {
    return !isApi(request) && !isResource(request);
  }

  static boolean isPartial(HttpServletRequest request) {
    return "partial/ajax".equals(request.getHeader("Faces-Request"));
  }

  /** What sets up a second factor: a page and a resource. */
  static boolean isSecondFactor(HttpServletRequest request) {
    String path = path(request);
    return path.equals(SECOND_FACTOR) || path.equals("/api/v1/account/second-factor");
  }

  /**
   * The sign-in page, which leads back to where the request wanted to go.
   *
   * @param ended whether there was a session, which the page then tells
   */
  static String signIn(HttpServletRequest request, boolean ended) {
    String target = request.getContextPath() + SIGN_IN;
    String wanted = wanted(request);
    String back = wanted.isEmpty() ? "" : "to=" + wanted;
    String told = ended ? "ended=true" : "";
    String query = Stream.of(told, back).filter(each -> !each.isEmpty()).collect(joining("&"));
    return query.isEmpty() ? target : target + '?' + query;
  }

  /** The page that sets up a second factor, and leads back. */
  static String secondFactor(HttpServletRequest request) {
    String wanted = wanted(request);
    return request.getContextPath() + SECOND_FACTOR + (wanted.isEmpty() ? "" : "?to=" + wanted);
  }

  /** Encoded for a query; empty for the start page. */
  private static String wanted(HttpServletRequest request) {
    String wanted = path(request);
    if (request.getMethod().equals("GET") && request.getQueryString() != null) {
      wanted += '?' + request.getQueryString();
    }
    return wanted.equals(HOME) ? "" : URLEncoder.encode(wanted, StandardCharsets.UTF_8);
  }

  /**
   * A page that leads on to where somebody wanted to go.
   *
   * @param to null for the start page
   */
  static String leading(String page, String to) {
    String back = back(to);
    return isHome(back) ? page : page + "?to=" + URLEncoder.encode(back, StandardCharsets.UTF_8);
  }

  /**
   * Where somebody goes who has just signed in.
   *
   * @param wanted null for the start page, which is the own account for who sees no meters
   * @param confined whether a second factor must be set up first
   */
  static String next(String wanted, boolean confined, Privileges privileges) {
    String page = back(wanted);
    if (confined) {
      return leading(SECOND_FACTOR, page);
    }
    return !privileges.may(Permission.VIEW_METERS) && isHome(page) ? OWN_PAGE : page;
  }

  /** Whether a way back leads to the overview. */
  static boolean isHome(String path) {
    return path.equals(HOME) || path.startsWith("/index.xhtml");
  }

  /** A way back that stays on this site, else the start page. */
  public static String back(String wanted) {
    boolean own =
        wanted != null
            && wanted.startsWith("/")
            && !wanted.startsWith("//")
            && wanted.chars().noneMatch(c -> c < ' ' || c == '\\');
    return own ? wanted : HOME;
  }
}
