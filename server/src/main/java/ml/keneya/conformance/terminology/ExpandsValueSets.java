package ml.keneya.conformance.terminology;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import ml.keneya.conformance.terminology.ReadsMembers.Page;
import ml.keneya.conformance.terminology.ReadsMembers.Wanted;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import org.hl7.fhir.instance.model.api.IPrimitiveType;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.hl7.fhir.r4.model.UriType;
import org.hl7.fhir.r4.model.ValueSet;
import org.hl7.fhir.r4.model.ValueSet.ValueSetExpansionComponent;
import org.hl7.fhir.r4.model.ValueSet.ValueSetExpansionContainsComponent;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** {@code ValueSet/$expand}: fills a form's list, and narrows it while somebody types. */
@Component
class ExpandsValueSets {

    /** Codes of one answer, where they come from the database. */
    private static final int MOST_CODES = 5_000;

    private static final int MOST_WORDS = 20;

    private final ValueSets valueSets;
    private final CodeSystems codeSystems;
    private final ReadsMembers reads;
    private final Clock clock = Clock.systemUTC();

    ExpandsValueSets(ValueSets valueSets, CodeSystems codeSystems, ReadsMembers reads) {
        this.valueSets = valueSets;
        this.reads = reads;
        this.codeSystems = codeSystems;
    }

    // HAPI binds one argument to each parameter of the operation; they cannot be gathered into one object.
    @Operation(
            name = "$expand",
            typeName = "ValueSet",
            canonicalUrl = "http://hl7.org/fhir/OperationDefinition/ValueSet-expand",
            idempotent = true)
    public ValueSet expand(
            @IdParam(optional = true) @Nullable IdType id,
            @OperationParam(name = "url", typeName = "uri") @Nullable IPrimitiveType<String> url,
            @OperationParam(name = "valueSetVersion", typeName = "string") @Nullable IPrimitiveType<String> version,
            @OperationParam(name = "valueSet") @Nullable ValueSet given,
            @OperationParam(name = "filter", typeName = "string") @Nullable IPrimitiveType<String> filter,
            @OperationParam(name = "offset", typeName = "integer") @Nullable IPrimitiveType<Integer> offset,
            @OperationParam(name = "count", typeName = "integer") @Nullable IPrimitiveType<Integer> count,
            @OperationParam(name = "excludeNested", typeName = "boolean") @Nullable IPrimitiveType<Boolean> flat,
            @OperationParam(name = "activeOnly", typeName = "boolean") @Nullable IPrimitiveType<Boolean> activeOnly,
            @OperationParam(name = "includeDesignations", typeName = "boolean") @Nullable
                    IPrimitiveType<Boolean> designations,
            @OperationParam(name = "displayLanguage", typeName = "code") @Nullable IPrimitiveType<String> language,
            RequestDetails request) {
        ValueSet valueSet = given != null ? given : Arguments.find(valueSets, id, url, version);
        String name = valueSet.hasUrl() ? valueSet.getUrl() : "valueSet";
        Members members = valueSets
                .membersOf(valueSet)
                .orElseThrow(() -> new RefusedException(Refusal.of(RefusalCode.NOT_EXPANDABLE, name)));
        String typed = typed(filter);
        Wanted sought = new Wanted(typed, activeOnly != null && Boolean.TRUE.equals(activeOnly.getValue()));
        boolean nested = flat != null && Boolean.FALSE.equals(flat.getValue());
        if (nested && (offset != null || count != null)) {
            throw new RefusedException(
                    Refusal.of(RefusalCode.BAD_PARAMETER, "excludeNested", "false + offset / count"));
        }
        int from = Arguments.notNegative("offset", offset, 0);
        int size = Arguments.notNegative("count", count, Integer.MAX_VALUE);
        String wanted = Arguments.language(language, request);
        // One more than may be answered is enough to see that there are too many.
        Page page = reads.page(members, sought, from, members.isAllInMemory() ? size : Math.min(size, MOST_CODES + 1));
        int total = Math.toIntExact(page.total());
        refuseTooMany(members, Math.min(Math.max(0, total - from), size));

        ValueSet answer = valueSet.copy();
        answer.setCompose(null);
        ValueSetExpansionComponent expansion = new ValueSetExpansionComponent();
        expansion.setIdentifier("urn:uuid:" + UUID.randomUUID());
        expansion.setTimestampElement(
                new DateTimeType(clock.instant().truncatedTo(ChronoUnit.SECONDS).toString()));
        expansion.setTotal(total);
        expansion.setOffset(from);
        parameter(expansion, "filter", typed == null ? null : new StringType(typed));
        parameter(expansion, "offset", new IntegerType(from));
        parameter(expansion, "count", count == null ? null : new IntegerType(size));
        parameter(expansion, "displayLanguage", new CodeType(wanted));
        reads.systems(members, sought).forEach(system -> parameter(expansion, "used-codesystem", new UriType(system)));
        parameter(expansion, "excludeNested", nested ? new BooleanType(false) : null);
        boolean withNames = designations != null && Boolean.TRUE.equals(designations.getValue());
        List<ValueSetExpansionContainsComponent> contents = page.terms().stream()
                .map(term -> contained(term, wanted, withNames))
                .toList();
        expansion.setContains(nested ? nested(page.terms(), contents) : contents);
        return answer.setExpansion(expansion);
    }

    private static @Nullable String typed(@Nullable IPrimitiveType<String> filter) {
        String typed = Arguments.text(filter);
        if (typed != null && Term.words(typed).size() > MOST_WORDS) {
            throw new RefusedException(Refusal.of(RefusalCode.BAD_PARAMETER, "filter", typed));
        }
        return typed;
    }

    /** Nobody reads a list of a hundred thousand codes, and somebody would have to carry it. */
    private static void refuseTooMany(Members members, int codes) {
        if (!members.isAllInMemory() && codes > MOST_CODES) {
            throw new RefusedException(Refusal.of(RefusalCode.TOO_MANY_CODES, codes, MOST_CODES));
        }
    }

    /** Every code under the nearest one above it that is in the list too; pages are turned in flat lists only. */
    private List<ValueSetExpansionContainsComponent> nested(
            List<Term> terms, List<ValueSetExpansionContainsComponent> contents) {
        Map<String, ValueSetExpansionContainsComponent> byCode = new HashMap<>();
        contents.forEach(content -> byCode.put(content.getSystem() + "|" + content.getCode(), content));
        Map<String, Optional<Hierarchy>> hierarchies = new HashMap<>();
        List<ValueSetExpansionContainsComponent> top = new ArrayList<>();
        for (int index = 0; index < terms.size(); index++) {
            Term term = terms.get(index);
            hierarchies
                    .computeIfAbsent(term.system(), system -> hierarchy(terms, term))
                    .map(hierarchy -> hierarchy.nearestAbove(
                            term.code(), above -> byCode.containsKey(term.system() + "|" + above)))
                    .map(above -> byCode.get(term.system() + "|" + above))
                    .map(ValueSetExpansionContainsComponent::getContains)
                    .orElse(top)
                    .add(contents.get(index));
        }
        return top;
    }

    private Optional<Hierarchy> hierarchy(List<Term> terms, Term first) {
        Optional<Hierarchy> hierarchy =
                codeSystems.find(first.system(), first.version()).map(codeSystems::hierarchy);
        hierarchy.ifPresent(found -> found.readAhead(terms.stream()
                .filter(term -> term.system().equals(first.system()))
                .map(Term::code)
                .toList()));
        return hierarchy;
    }

    private static void parameter(ValueSetExpansionComponent expansion, String name, @Nullable Type value) {
        if (value != null) {
            expansion.addParameter().setName(name).setValue(value);
        }
    }

    private static ValueSetExpansionContainsComponent contained(Term term, String language, boolean withNames) {
        ValueSetExpansionContainsComponent contained = new ValueSetExpansionContainsComponent();
        contained.setSystem(term.system()).setCode(term.code()).setDisplay(term.in(language));
        if (term.inactive()) {
            contained.setInactive(true);
        }
        if (withNames) {
            if (term.display() != null && term.language() != null) {
                contained.addDesignation().setLanguage(term.language()).setValue(term.display());
            }
            term.names().stream()
                    .filter(name -> !Objects.equals(name.text(), term.display()))
                    .forEach(name -> contained
                            .addDesignation()
                            .setLanguage(name.language())
                            .setValue(name.text()));
        }
        return contained;
    }
}
