package org.meterledger.web.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.meterledger.access.Grants;
import org.meterledger.user.Account;
import org.meterledger.user.AccountRefused;
import org.meterledger.user.AccountRefused.Rule;
import org.meterledger.user.Identities;
import org.meterledger.user.IdentityOutcome;
import org.meterledger.user.ProvedIdentity;
import org.meterledger.user.SecondFactors;
import org.meterledger.user.WebSessions;
import org.meterledger.web.oidc.IdentityProvider;
import org.meterledger.web.oidc.PendingSignIn;
import org.meterledger.web.oidc.ProviderFault;
import org.meterledger.web.security.SecurityLog.Event;

/** The way by the identity provider: out to it, and what comes back. */
@ApplicationScoped
public class ProviderSignIn {

  static final String BEGIN = "/oidc/begin";

  /** What the parameters of pages may tell: names of why it did not work. */
  public static final Set<String> REFUSALS =
      Stream.of(
              ProviderFault.Kind.values(),
              IdentityOutcome.Refusal.values(),
              new Enum<?>[] {Rule.IDENTITY_TAKEN, Rule.IDENTITY_PRESENT})
          .flatMap(Stream::of)
          .map(Enum::name)
          .collect(Collectors.toUnmodifiableSet());

  private static final Logger LOG = System.getLogger(ProviderSignIn.class.getName());
  private static final String PENDING = PendingSignIn.class.getName();
  private static final String MAY_LINK = MayLink.class.getName();

  /** One for each tab in which somebody is about to come in. */
  private static final int MOST_PENDING = 8;

  /** Between typing the password and going to the provider. */
  private static final Duration LINK_SOON = Duration.ofMinutes(5);

  @Inject private IdentityProvider provider;
  @Inject private Identities identities;
  @Inject private WebSessions sessions;
  @Inject private SecondFactors factors;
  @Inject private Grants grants;
  @Inject private Admission admission;
  @Inject private Clock clock;

  /** The owner of an account has just shown that it is theirs. */
  private record MayLink(int accountId, Instant until) implements Serializable {}

  /** Lets an account be linked by this session, soon and once. */
  public void mayLink(HttpSession session, Account account) {
    session.setAttribute(MAY_LINK, new MayLink(account.id(), clock.instant().plus(LINK_SOON)));
  }

  /** Whether the account may be linked now. */
  public boolean linksSoon(HttpSession session, Account account) {
    return session != null
        && session.getAttribute(MAY_LINK) instanceof MayLink may
        && may.accountId() == account.id()
        && clock.instant().isBefore(may.until());
  }

  AuthenticationStatus answer(HttpServletRequest request, HttpMessageContext context) {
    if (!provider.isConfigured() || !request.getMethod().equals("GET")) {
      return context.responseNotFound();
    }
    var session = request.getSession();
    var mark = SessionToken.in(session);
    var account = mark == null ? null : sessions.resume(mark).orElse(null);
    return Paths.path(request).equals(BEGIN)
        ? begin(request, context, account)
        : comeBack(request, context, account);
  }

  private AuthenticationStatus begin(
      HttpServletRequest request, HttpMessageContext context, Account account) {
    if ("cross-site".equals(request.getHeader("Sec-Fetch-Site"))) {
      // else any site could have somebody signed in who is known at the provider
      return context.redirect(
          Paths.leading(request.getContextPath() + Paths.SIGN_IN, request.getParameter("to")));
    }
    boolean link = "true".equals(request.getParameter("link"));
    var session = request.getSession();
    if (link && (account == null || !linksSoon(session, account))) {
      return context.redirect(request.getContextPath() + Paths.OWN_PAGE);
    }
    session.removeAttribute(MAY_LINK);
    var pending = provider.begin(request.getParameter("to"), link ? account.id() : null);
    try {
      var page = provider.page(pending);
      put(session, pending);
      return context.redirect(page.toString());
    } catch (ProviderFault e) {
      return refused(request, context, e.kind(), e, pending);
    }
  }

  private AuthenticationStatus comeBack(
      HttpServletRequest request, HttpMessageContext context, Account account) {
    var pending = take(request.getSession(), request.getParameter("state"));
    try {
      if (pending.isEmpty()) {
        throw new ProviderFault(ProviderFault.Kind.LATE, "Nothing was begun here");
      }
      var identity =
          provider.complete(
              pending.get(), request.getQueryString() == null ? "" : request.getQueryString());
      return pending.get().linkTo() == null
          ? signIn(request, context, pending.get(), identity)
          : link(request, context, pending.get(), account, identity);
    } catch (ProviderFault e) {
      return refused(request, context, e.kind(), e, pending.orElse(null));
    }
  }

  private AuthenticationStatus signIn(
      HttpServletRequest request,
      HttpMessageContext context,
      PendingSignIn pending,
      ProvedIdentity identity) {
    var outcome = identities.signIn(identity);
    if (!outcome.succeeded()) {
      return refused(request, context, outcome.refusal(), null, pending);
    }
    var account = outcome.account();
    if (account.secondFactor() && !identity.secondFactor()) {
      request.changeSessionId();
      request.getSession().setAttribute(SignIn.PASSED, factors.passed(account));
      return context.redirect(
          Paths.leading(request.getContextPath() + Paths.SIGN_IN, pending.to()));
    }
    var caller =
        new AccountPrincipal(
            identity.secondFactor() ? account.proven() : account,
            grants.privileges(account.id()),
            null,
            0);
    admission.signIn(
        request,
        caller,
        identity.secondFactor(),
        Map.of("provider", identity.issuer(), "secondFactor", identity.secondFactor()));
    return context.redirect(
        request.getContextPath()
            + Paths.next(pending.to(), caller.confined(), caller.privileges()));
  }

  private AuthenticationStatus link(
      HttpServletRequest request,
      HttpMessageContext context,
      PendingSignIn pending,
      Account account,
      ProvedIdentity identity)
      throws ProviderFault {
    if (account == null || account.id() != pending.linkTo()) {
      throw new ProviderFault(ProviderFault.Kind.LATE, "Somebody else is signed in by now");
    }
    admission.enter(
        request, new AccountPrincipal(account, grants.privileges(account.id()), null, 0));
    try {
      identities.link(account, identity);
      return context.redirect(request.getContextPath() + Paths.OWN_PAGE + "?identity=linked");
    } catch (AccountRefused e) {
      return refused(request, context, e.rule(), null, pending);
    }
  }

  /** Says why, on the page from which it was begun. */
  private AuthenticationStatus refused(
      HttpServletRequest request,
      HttpMessageContext context,
      Enum<?> why,
      ProviderFault fault,
      PendingSignIn pending) {
    if (fault != null) {
      LOG.log(Level.WARNING, "The way by the identity provider ended: " + fault.getMessage());
    }
    boolean link = pending != null && pending.linkTo() != null;
    if (!link) {
      SecurityLog.note(Event.SIGN_IN_FAILED, request);
    }
    String page =
        link
            ? request.getContextPath() + Paths.OWN_PAGE + "?identity="
            : Paths.leading(
                request.getContextPath() + Paths.SIGN_IN, pending == null ? null : pending.to());
    String parameter = link ? "" : (page.contains("?") ? "&" : "?") + "provider=";
    return context.redirect(page + parameter + why.name());
  }

  private static Map<String, PendingSignIn> pending(HttpSession session) {
    var pending = new LinkedHashMap<String, PendingSignIn>();
    if (session.getAttribute(PENDING) instanceof PendingSignIn[] kept) {
      for (var each : kept) {
        pending.put(each.state(), each);
      }
    }
    return pending;
  }

  private static void keep(HttpSession session, Map<String, PendingSignIn> pending) {
    // anew each time: other nodes hear of an attribute only when it is set
    session.setAttribute(PENDING, pending.values().toArray(PendingSignIn[]::new));
  }

  private static void put(HttpSession session, PendingSignIn begun) {
    var pending = pending(session);
    pending.put(begun.state(), begun);
    while (pending.size() > MOST_PENDING) {
      pending.remove(pending.keySet().iterator().next());
    }
    keep(session, pending);
  }

  /** Once: what comes back a second time fits nothing. */
  private static Optional<PendingSignIn> take(HttpSession session, String state) {
    var pending = pending(session);
    var taken = pending.remove(state);
    if (taken != null) {
      keep(session, pending);
    }
    return Optional.ofNullable(taken);
  }
}
