package ml.keneya.guide;

import java.util.Objects;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.MarkdownType;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/** The same words in French and in English; French stands for both where nobody translated it. */
record Text(String french, String english) {

    static final Text NONE = new Text("", "");

    /** A French element with its English translation extension. */
    static Text of(StringType element) {
        String french = Objects.requireNonNullElse(element.getValueAsString(), "");
        return of(french, element.getTranslation("en"));
    }

    static Text of(String french, @Nullable String english) {
        return new Text(french, english == null || english.isBlank() ? french : english);
    }

    /** As a French element with its English translation extension. */
    void writeTo(StringType element) {
        element.setValue(french);
        Extension translation = element.addExtension().setUrl("http://hl7.org/fhir/StructureDefinition/translation");
        translation.addExtension("lang", new CodeType(Language.ENGLISH.code()));
        translation.addExtension(
                "content", element instanceof MarkdownType ? new MarkdownType(english) : new StringType(english));
    }

    String in(Language language) {
        return language == Language.FRENCH ? french : english;
    }

    boolean isEmpty() {
        return french.isBlank() && english.isBlank();
    }
}
