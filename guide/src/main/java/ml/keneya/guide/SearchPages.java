package ml.keneya.guide;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.SearchParameter;

/** What can be searched for, type by type, and what each search is for. */
final class SearchPages {

    static final String PAGE = "search-parameters.html";

    private final List<SearchParameter> parameters;
    private final Words words;

    SearchPages(List<SearchParameter> parameters, Words words) {
        this.parameters = parameters;
        this.words = words;
    }

    void write(Site site) {
        site.page(
                PAGE,
                "search-parameters",
                "Search",
                words.text("search"),
                Map.of("types", types(), "common", common()));
    }

    /** Those of one type, in the order of the types' names. */
    private List<Type> types() {
        Map<String, List<Row>> byType = new TreeMap<>();
        for (SearchParameter parameter : parameters) {
            if (parameter.getBase().size() == 1) {
                byType.computeIfAbsent(parameter.getBase().get(0).getCode(), type -> new ArrayList<>())
                        .add(row(parameter));
            }
        }
        return byType.entrySet().stream()
                .map(each -> new Type(
                        each.getKey(),
                        each.getValue().stream()
                                .sorted(Comparator.comparing(Row::code))
                                .toList()))
                .toList();
    }

    private List<Row> common() {
        return parameters.stream()
                .filter(parameter -> parameter.getBase().size() > 1)
                .map(this::row)
                .toList();
    }

    private Row row(SearchParameter parameter) {
        return new Row(
                parameter.getCode(),
                words.text("search-" + parameter.getType().toCode()),
                parameter.getTarget().stream()
                        .map(PrimitiveType::getValueAsString)
                        .toList(),
                parameter.getExpression(),
                Text.of(parameter.getDescriptionElement()));
    }

    /** @param id the resource type, by which other pages point here */
    record Type(String id, List<Row> rows) {}

    /**
     * @param kind how a value is written: a code, a date, words …
     * @param targets what a reference may point to; empty for all others
     * @param expression the elements that are looked at, in FHIRPath
     */
    record Row(String code, Text kind, List<String> targets, String expression, Text use) {}
}
