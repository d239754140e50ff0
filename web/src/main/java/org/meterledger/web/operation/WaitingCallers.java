package org.meterledger.web.operation;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.AsyncResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.meterledger.access.MeterScope;
import org.meterledger.notice.Notice;
import org.meterledger.operation.OperationList;

/** Callers that hold the line until an operation has ended. None of them keeps a thread. */
@ApplicationScoped
public class WaitingCallers {

  /** What somebody waits for, who saw the meter when the wait began. */
  private record Awaited(MeterScope sight, long id) {}

  private final Map<AsyncResponse, Awaited> waiting = new ConcurrentHashMap<>();
  private final AtomicBoolean looking = new AtomicBoolean();

  @Inject private OperationList list;
  @Resource private ManagedExecutorService executor;

  /** Answers when the operation has ended, or with how it stands when the time is over. */
  void hold(MeterScope sight, long id, Duration atMost, AsyncResponse caller) {
    var awaited = new Awaited(sight, id);
    caller.setTimeout(atMost.toMillis(), TimeUnit.MILLISECONDS);
    caller.setTimeoutHandler(
        late -> {
          waiting.remove(late);
          late.resume(view(awaited).orElseThrow());
        });
    waiting.put(caller, awaited);
    look(caller, awaited); // it may have ended a moment before
  }

  void onNotice(@Observes Notice notice) {
    if (notice.concerns("operations", "")
        && !waiting.isEmpty()
        && looking.compareAndSet(false, true)) {
      executor.execute(
          () -> {
            looking.set(false);
            waiting.forEach(this::look);
          });
    }
  }

  private void look(AsyncResponse caller, Awaited awaited) {
    view(awaited)
        .filter(view -> view.state().ended())
        .ifPresent(
            view -> {
              if (waiting.remove(caller) != null) {
                caller.resume(view);
              }
            });
  }

  private Optional<OperationView> view(Awaited awaited) {
    return list.find(awaited.sight(), awaited.id()).map(OperationView::of);
  }
}
