package ml.keneya.fhir;

import com.ctc.wstx.api.WstxInputProperties;
import java.io.StringReader;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Refuses XML that would do harm further in. HAPI's reader skips a document type declaration silently; FHIR forbids it
 * (R4, section 2.6.1), and so it is refused wherever it hides.
 */
final class XmlText {

    private static final XMLInputFactory FACTORY = factory();

    private XmlText() {}

    static void check(String body) {
        try {
            XMLStreamReader reader = FACTORY.createXMLStreamReader(new StringReader(body));
            int depth = 0;
            while (reader.hasNext()) {
                int event = reader.next();
                if (event == XMLStreamConstants.DTD) {
                    throw new RefusedException(Refusal.of(RefusalCode.DOCUMENT_TYPE_DECLARATION));
                }
                if (event == XMLStreamConstants.START_ELEMENT && ++depth > JsonText.DEEPEST) {
                    throw new RefusedException(Refusal.of(RefusalCode.TOO_DEEP, JsonText.DEEPEST));
                }
                if (event == XMLStreamConstants.START_ELEMENT && hasLongText(reader)) {
                    throw new RefusedException(
                            Refusal.of(RefusalCode.TEXT_TOO_LONG, reader.getLocalName(), JsonText.LONGEST_TEXT));
                }
                if (event == XMLStreamConstants.END_ELEMENT) {
                    depth--;
                }
            }
        } catch (XMLStreamException malformed) {
            throw new RefusedException(
                    Refusal.of(RefusalCode.UNREADABLE, (Localized) language -> describe(malformed, language)));
        }
    }

    /** All texts of FHIR but a narrative are values of attributes. */
    private static boolean hasLongText(XMLStreamReader element) {
        for (int index = 0; index < element.getAttributeCount(); index++) {
            if (element.getAttributeValue(index).length() > JsonText.LONGEST_TEXT
                    && JsonText.isText(element.getLocalName())) {
                return true;
            }
        }
        return false;
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        // Files are values of attributes; what may be how long is said above, in words of the catalogue.
        factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTE_SIZE, Integer.MAX_VALUE);
        return factory;
    }

    private static String describe(XMLStreamException malformed, Language language) {
        Location location = malformed.getLocation();
        return location == null
                ? ""
                : Outcomes.message("xml.malformed", language, location.getLineNumber(), location.getColumnNumber());
    }
}
