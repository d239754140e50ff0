package org.meterledger.notice;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;

/** Has the listener begin with the application, and not with the first who asks for it. */
@Singleton
@Startup
public class NoticeStart {

  @Inject private NoticeListener listener;

  @PostConstruct
  void begin() {
    listener.start();
  }

  @PreDestroy
  void end() {
    listener.stop();
  }
}
