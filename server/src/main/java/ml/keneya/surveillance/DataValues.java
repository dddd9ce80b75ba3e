package ml.keneya.surveillance;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.StringWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Figures as DHIS2 keeps them: a number for data element, period and organisation unit.
 *
 * @param dataSet the code of the form that they belong to
 * @param values those of one place after each other
 */
record DataValues(String dataSet, ReportPeriod period, List<Value> values) {

    private static final String ADX = "urn:ihe:qrph:adx:2015";

    /**
     * A figure with its code of DHIS2.
     *
     * @param place the code of the organisation unit
     */
    record Value(String place, String element, long value) {}

    DataValues {
        values = List.copyOf(values);
    }

    /**
     * What {@code /api/dataValueSets} of DHIS2 imports, with {@code dataElementIdScheme=CODE&orgUnitIdScheme=CODE}.
     *
     * @param period the name that DHIS2 has for it
     */
    String inDhis2(String period) {
        ObjectNode set = new ObjectMapper().createObjectNode();
        ArrayNode written = set.putArray("dataValues");
        for (Value value : values) {
            written.addObject()
                    .put("dataElement", value.element())
                    .put("period", period)
                    .put("orgUnit", value.place())
                    .put("value", Long.toString(value.value()));
        }
        return set.toString();
    }

    /** IHE Aggregate Data Exchange, a group a place. */
    String inAdx(Instant exported) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("adx");
            xml.writeDefaultNamespace(ADX);
            xml.writeAttribute(
                    "exported", exported.truncatedTo(ChronoUnit.SECONDS).toString());
            String open = "";
            for (Value value : values) {
                if (!value.place().equals(open)) {
                    if (!open.isEmpty()) {
                        xml.writeEndElement();
                    }
                    open = value.place();
                    xml.writeStartElement("group");
                    xml.writeAttribute("dataSet", dataSet);
                    xml.writeAttribute("period", period.inAdx());
                    xml.writeAttribute("orgUnit", open);
                }
                xml.writeEmptyElement("dataValue");
                xml.writeAttribute("dataElement", value.element());
                xml.writeAttribute("value", Long.toString(value.value()));
            }
            // Ends the group as well.
            xml.writeEndDocument();
            xml.flush();
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException("Writing into memory does not fail.", impossible);
        }
        return text.toString();
    }
}
