package ml.keneya.views.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import ml.keneya.views.definition.ColumnType;
import ml.keneya.views.definition.ViewColumn;
import org.jspecify.annotations.Nullable;

/** One JSON object a row, every column in it, null where there is no value. */
final class JsonRows implements RowWriter {

    private static final JsonFactory FACTORY = new JsonFactory()
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);

    private final JsonGenerator json;
    private final List<ViewColumn> columns;
    private final boolean array;

    private JsonRows(JsonGenerator json, List<ViewColumn> columns, boolean array) {
        this.json = json;
        this.columns = columns;
        this.array = array;
    }

    static JsonRows lines(OutputStream stream, List<ViewColumn> columns) throws IOException {
        JsonGenerator json = FACTORY.createGenerator(stream);
        json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
        return new JsonRows(json, columns, false);
    }

    static JsonRows array(OutputStream stream, List<ViewColumn> columns) throws IOException {
        JsonGenerator json = FACTORY.createGenerator(stream);
        json.writeStartArray();
        return new JsonRows(json, columns, true);
    }

    @Override
    public void row(@Nullable Object[] cells) throws IOException {
        json.writeStartObject();
        for (int index = 0; index < cells.length; index++) {
            ViewColumn column = columns.get(index);
            json.writeFieldName(column.name());
            cell(column.type(), cells[index]);
        }
        json.writeEndObject();
    }

    private void cell(ColumnType type, @Nullable Object cell) throws IOException {
        if (cell instanceof List<?> values) {
            json.writeStartArray();
            for (Object value : values) {
                value(type, (String) value);
            }
            json.writeEndArray();
        } else {
            value(type, (String) cell);
        }
    }

    private void value(ColumnType type, @Nullable String value) throws IOException {
        if (value == null) {
            json.writeNull();
            return;
        }
        switch (type) {
            case BOOLEAN -> json.writeBoolean(Boolean.parseBoolean(value));
            case INTEGER, BIGINT, DECIMAL -> json.writeNumber(value);
            case TEXT, DATE, TIMESTAMP -> json.writeString(value);
        }
    }

    @Override
    public void finish() throws IOException {
        if (array) {
            json.writeEndArray();
        } else if (json.getOutputContext().getEntryCount() > 0) {
            json.writeRaw('\n');
        }
        json.close();
    }
}
