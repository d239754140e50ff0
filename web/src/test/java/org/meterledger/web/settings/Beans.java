package org.meterledger.web.settings;

import org.meterledger.web.layout.Formats;
import org.meterledger.web.layout.Preferences;
import org.meterledger.web.layout.Texts;

/** Puts beans together where no container does. */
final class Beans {

  private static final Preferences ENGLISH =
      new Preferences() {
        @Override
        public String getLanguage() {
          return "en";
        }
      };

  private Beans() {}

  static Texts texts() {
    var texts = new Texts();
    give(texts, "preferences", ENGLISH);
    return texts;
  }

  static SettingsWords words() {
    var formats = new Formats();
    give(formats, "preferences", ENGLISH);
    give(formats, "texts", texts());
    var words = new SettingsWords();
    give(words, "texts", texts());
    give(words, "format", formats);
    return words;
  }

  static void give(Object bean, String name, Object value) {
    try {
      var field = bean.getClass().getDeclaredField(name);
      field.setAccessible(true);
      field.set(bean, value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
