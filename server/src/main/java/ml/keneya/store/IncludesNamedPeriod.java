package ml.keneya.store;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.model.api.IQueryParameterType;
import ca.uhn.fhir.rest.param.DateParam;
import ca.uhn.fhir.rest.param.HasParam;
import ca.uhn.fhir.rest.param.ReferenceParam;
import java.time.Year;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import ml.keneya.fhir.StorageRule;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.SearchParameter;
import org.springframework.stereotype.Component;

/**
 * Makes {@code ge2020} begin with 2020 and {@code le2020} end with it, as FHIR says. HAPI 8.8.0 starts the first on the
 * last day of the year and ends the second on the first ({@code DateRangeParam}); delete this class when it does not.
 */
@Interceptor
@Component
class IncludesNamedPeriod implements StorageRule {

    private static final Pattern YEAR_OR_MONTH = Pattern.compile("(ge|le)(\\d{4})(?:-(\\d{2}))?");

    /** Codes of the parameters that are dates, to know one at the end of a chain. */
    private final Set<String> dates;

    IncludesNamedPeriod(KeptSearchParameters kept) {
        this.dates = kept.all().stream()
                .filter(parameter -> parameter.getType() == SearchParamType.DATE)
                .map(SearchParameter::getCode)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Hook(Pointcut.STORAGE_PRESEARCH_REGISTERED)
    void spellOut(SearchParameterMap search) {
        search.values()
                .forEach(all -> all.replaceAll(
                        any -> any.stream().map(this::spelledOut).collect(Collectors.toCollection(ArrayList::new))));
    }

    private IQueryParameterType spelledOut(IQueryParameterType value) {
        if (value instanceof DateParam date && date.getPrefix() != null) {
            dayOf(date.getPrefix().getValue() + date.getValueAsString()).ifPresent(date::setValueAsString);
        }
        if (value instanceof ReferenceParam reference && reference.hasChain() && isDate(reference.getChain())) {
            return withDay(reference.getValue())
                    .<IQueryParameterType>map(
                            spelled -> new ReferenceParam(reference.getResourceType(), reference.getChain(), spelled))
                    .orElse(value);
        }
        if (value instanceof HasParam has && isDate(has.getParameterName())) {
            return withDay(has.getParameterValue())
                    .<IQueryParameterType>map(spelled -> new HasParam(
                            has.getTargetResourceType(), has.getReferenceFieldName(), has.getParameterName(), spelled))
                    .orElse(value);
        }
        return value;
    }

    private boolean isDate(String chain) {
        List<String> segments = List.of(chain.split("[.:]"));
        return dates.contains(segments.get(segments.size() - 1));
    }

    private static Optional<String> withDay(String value) {
        return dayOf(value).map(day -> value.substring(0, 2) + day);
    }

    /** The first day of the period for "from", the last for "until"; nothing for anything more exact. */
    private static Optional<String> dayOf(String value) {
        Matcher matcher = YEAR_OR_MONTH.matcher(value);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Year year = Year.parse(matcher.group(2));
        String month = matcher.group(3);
        YearMonth first = year.atMonth(month == null ? 1 : Integer.parseInt(month));
        YearMonth last = month == null ? year.atMonth(12) : first;
        boolean from = "ge".equals(matcher.group(1));
        return Optional.of((from ? first.atDay(1) : last.atEndOfMonth()).toString());
    }
}
