package org.meterledger.web.layout;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.context.SessionScoped;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.Serializable;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a page keeps from request to request goes to the other nodes, or its session is lost. */
class PassivationTest {

  private static final Path CLASSES = Path.of("target/classes");

  static List<Class<?>> kept() throws IOException {
    try (Stream<Path> files = Files.walk(CLASSES.resolve("org/meterledger/web"))) {
      return files
          .map(file -> CLASSES.relativize(file).toString())
          .filter(name -> name.endsWith(".class"))
          .map(name -> name.replace(".class", "").replaceAll("[/\\\\]", "."))
          .<Class<?>>map(PassivationTest::load)
          .filter(
              type ->
                  type.isAnnotationPresent(ViewScoped.class)
                      || type.isAnnotationPresent(SessionScoped.class))
          .toList();
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, PassivationTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void thereAreSuchPages() throws IOException {
    assertThat(kept()).hasSizeGreaterThan(4);
  }

  @ParameterizedTest
  @MethodSource("kept")
  void keepsNothingThatCannotBeWritten(Class<?> page) {
    assertThat(page).isAssignableTo(Serializable.class);
    List<String> complaints = new ArrayList<>();
    for (Class<?> each = page; each != Object.class; each = each.getSuperclass()) {
      check(each, complaints);
    }
    assertThat(complaints).isEmpty();
  }

  private static void check(Class<?> type, List<String> complaints) {
    for (Field field : type.getDeclaredFields()) {
      int how = field.getModifiers();
      if (!Modifier.isStatic(how)
          && !Modifier.isTransient(how)
          // the container gives proxies, which can be written
          && !field.isAnnotationPresent(Inject.class)) {
        check(field.getGenericType(), type.getSimpleName() + "." + field.getName(), complaints);
      }
    }
  }

  private static void check(Type type, String where, List<String> complaints) {
    if (type instanceof ParameterizedType generic && generic.getRawType() == LazyRows.class) {
      // its class in Faces, which holds the rows, is not written
      check(LazyRows.class, complaints);
    } else if (type instanceof ParameterizedType generic) {
      check(generic.getRawType(), where, complaints);
      for (Type argument : generic.getActualTypeArguments()) {
        check(argument, where, complaints);
      }
    } else if (type instanceof Class<?> known) {
      boolean collection =
          Collection.class.isAssignableFrom(known) || Map.class.isAssignableFrom(known);
      if (!known.isPrimitive() && !collection && !Serializable.class.isAssignableFrom(known)) {
        complaints.add(where + " is a " + known.getSimpleName());
      } else if (known.getName().startsWith("org.meterledger") && !known.isEnum()) {
        check(known, complaints);
      }
    }
  }
}
