package org.meterledger.web.network;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import org.meterledger.network.GatewayRefused;
import org.meterledger.server.InvalidInput;
import org.meterledger.web.layout.Refusals;
import org.meterledger.web.layout.Texts;
import org.omnifaces.util.Messages;

/** Says on a page why a gateway did not do something, or why it was not asked. */
@RequestScoped
public class GatewayAnswers {

  @Inject private Refusals refusals;
  @Inject private Texts texts;

  /** Whether the work was done; what refuses it becomes a message. */
  public boolean done(Runnable work) {
    var done = new boolean[1];
    refusals.done(
        () -> {
          try {
            work.run();
            done[0] = true;
          } catch (GatewayRefused refused) {
            Messages.addGlobalError(
                "{0}: {1}", texts.of("fault", refused.fault().kind()), refused.fault().detail());
          } catch (InvalidInput broken) {
            Messages.addGlobalError("{0}", words(broken));
          }
        });
    return done[0];
  }

  /** A broken rule in words; one of meters where there are none of gateways. */
  public String words(InvalidInput broken) {
    String rule = broken.field() + "." + broken.rule();
    String words = texts.of("invalid.gateway", rule);
    return words.equals(rule)
        ? texts.of("invalid", rule)
        : texts.get("invalid.gateway." + rule, broken.subject());
  }
}
