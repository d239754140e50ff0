package org.meterledger.web.settings;

import org.meterledger.web.layout.Formats;
import org.meterledger.web.layout.Preferences;
import org.meterledger.web.layout.Texts;

/** Puts beans together where no container does. */
public final class Beans {

  private Beans() {}

  private static Preferences preferences(String language) {
    return new Preferences() {
      @Override
      public String getLanguage() {
        return language;
      }
    };
  }

  static Texts texts() {
    return texts("en");
  }

  public static Texts texts(String language) {
    var texts = new Texts();
    give(texts, "preferences", preferences(language));
    return texts;
  }

  public static Formats formats(String language) {
    var formats = new Formats();
    give(formats, "preferences", preferences(language));
    give(formats, "texts", texts(language));
    return formats;
  }

  static SettingsWords words() {
    var words = new SettingsWords();
    give(words, "texts", texts());
    give(words, "format", formats("en"));
    return words;
  }

  public static void give(Object bean, String name, Object value) {
    try {
      var field = bean.getClass().getDeclaredField(name);
      field.setAccessible(true);
      field.set(bean, value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
