package org.meterledger.web.layout;

import jakarta.faces.application.FacesMessage;
import jakarta.faces.component.UIComponent;
import jakarta.faces.component.UIInput;
import jakarta.faces.context.FacesContext;
import jakarta.faces.validator.FacesValidator;
import jakarta.faces.validator.Validator;
import jakarta.faces.validator.ValidatorException;
import org.meterledger.web.api.Characters;
import org.omnifaces.util.Beans;

/**
 * Every field of every form: what was pasted from elsewhere may hold characters that no text has.
 * The field is shown again without them, for a person to look at before it is sent once more.
 */
@FacesValidator(value = "characters", isDefault = true)
public class CharactersValidator implements Validator<Object> {

  @Override
  public void validate(FacesContext context, UIComponent component, Object value) {
    if (value instanceof String text && !Characters.sound(text)) {
      if (component instanceof UIInput input) {
        input.setSubmittedValue(Characters.soundPart(text));
      }
      throw new ValidatorException(new FacesMessage(FacesMessage.SEVERITY_ERROR, words(), null));
    }
  }

  /** Nothing is injected into a validator of all fields. */
  private static String words() {
    return Beans.getReference(Texts.class).get("layout.characters");
  }
}
