package org.meterledger.system;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Set;

/** What axe-core finds on a page that would keep somebody out. */
final class Axe {

  private static final Set<String> GRAVE = Set.of("serious", "critical");
  private static final int MOST_PLACES = 3;

  private Axe() {}

  /** All that is grave; each with the name of the page. */
  static List<String> faults(String name, Page page) {
    return grave(name, new AxeBuilder(page));
  }

  /** For the second look at a page that has changed its colours only: much faster. */
  static List<String> faultyColours(String name, Page page) {
    return grave(
        name,
        new AxeBuilder(page)
            .withTags(List.of("cat.color"))
            // of level AAA, and run only because the tag is named
            .disableRules(List.of("color-contrast-enhanced")));
  }

  private static List<String> grave(String name, AxeBuilder axe) {
    return axe.analyze().getViolations().stream()
        .filter(rule -> GRAVE.contains(rule.getImpact()))
        .map(rule -> name + ": " + rule.getHelp() + " " + places(rule))
        .toList();
  }

  private static List<String> places(Rule rule) {
    return rule.getNodes().stream().map(node -> node.getHtml()).limit(MOST_PLACES).toList();
  }
}
