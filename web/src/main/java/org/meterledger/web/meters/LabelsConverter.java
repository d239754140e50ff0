package org.meterledger.web.meters;

import jakarta.faces.component.UIComponent;
import jakarta.faces.context.FacesContext;
import jakarta.faces.convert.Converter;
import jakarta.faces.convert.FacesConverter;
import java.util.Arrays;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Labels of a meter as one line of text, with commas between them. */
@FacesConverter("labels")
public class LabelsConverter implements Converter<SortedSet<String>> {

  @Override
  public SortedSet<String> getAsObject(FacesContext context, UIComponent input, String text) {
    return text == null
        ? new TreeSet<>()
        : Arrays.stream(text.split(","))
            .map(String::strip)
            .filter(label -> !label.isEmpty())
            .collect(Collectors.toCollection(TreeSet::new));
  }

  @Override
  public String getAsString(FacesContext context, UIComponent input, SortedSet<String> labels) {
    return labels == null ? "" : String.join(", ", labels);
  }
}
