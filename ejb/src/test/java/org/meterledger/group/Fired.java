package org.meterledger.group;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.NotificationOptions;
import jakarta.enterprise.util.TypeLiteral;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Keeps the events that were fired. */
final class Fired implements Event<MembersChanged> {

  private final List<MembersChanged> events = new ArrayList<>();

  /** Those since the last time. */
  List<MembersChanged> take() {
    var taken = List.copyOf(events);
    events.clear();
    return taken;
  }

  @Override
  public void fire(MembersChanged event) {
    events.add(event);
  }

  @Override
  public <U extends MembersChanged> CompletionStage<U> fireAsync(U event) {
    throw new UnsupportedOperationException("The change and its event share a transaction");
  }

  @Override
  public <U extends MembersChanged> CompletionStage<U> fireAsync(
      U event, NotificationOptions options) {
    return fireAsync(event);
  }

  @Override
  public Event<MembersChanged> select(Annotation... qualifiers) {
    return this;
  }

  @Override
  public <U extends MembersChanged> Event<U> select(Class<U> subtype, Annotation... qualifiers) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <U extends MembersChanged> Event<U> select(
      TypeLiteral<U> subtype, Annotation... qualifiers) {
    throw new UnsupportedOperationException();
  }
}
