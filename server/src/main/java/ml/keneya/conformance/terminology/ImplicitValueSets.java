package ml.keneya.conformance.terminology;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ml.keneya.conformance.Canonicals;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.ValueSet;
import org.hl7.fhir.r4.model.ValueSet.ConceptSetComponent;
import org.hl7.fhir.r4.model.ValueSet.FilterOperator;
import org.jspecify.annotations.Nullable;

/**
 * Value sets that exist with their code system, because their address says what is in them: SNOMED CT's
 * {@code ?fhir_vs}, LOINC's {@code /vs} and its answer lists and parts, and for every loaded system {@code /vs} too.
 */
final class ImplicitValueSets {

    private static final String SNOMED = "http://snomed.info/sct";
    private static final Pattern OF_SNOMED =
            Pattern.compile("(" + Pattern.quote(SNOMED) + "(?:/\\d+(?:/version/\\d+)?)?)\\?fhir_vs(?:=isa/(\\d+))?");
    private static final String LOINC = "http://loinc.org";
    private static final Pattern OF_LOINC = Pattern.compile(Pattern.quote(LOINC) + "/vs/(L[LP]\\d+-\\d)");

    private final CodeSystems codeSystems;

    ImplicitValueSets(CodeSystems codeSystems) {
        this.codeSystems = codeSystems;
    }

    /** Nothing when the address is not of that kind, or the system or the code in it is not loaded. */
    Optional<ValueSet> find(String url) {
        Matcher snomed = OF_SNOMED.matcher(url);
        if (snomed.matches()) {
            String edition = snomed.group(1).equals(SNOMED) ? null : snomed.group(1);
            return whole(url, SNOMED, edition)
                    .filter(found -> narrowed(found, "concept", FilterOperator.ISA, snomed.group(2)));
        }
        Matcher loinc = OF_LOINC.matcher(url);
        if (loinc.matches()) {
            String code = loinc.group(1);
            return whole(url, LOINC, null)
                    .filter(found -> code.startsWith("LL")
                            ? listed(found, code)
                            : narrowed(found, "ancestor", FilterOperator.EQUAL, code));
        }
        return url.endsWith(Canonicals.WHOLE_SYSTEM)
                ? whole(url, url.substring(0, url.length() - Canonicals.WHOLE_SYSTEM.length()), null)
                : Optional.empty();
    }

    private Optional<ValueSet> whole(String url, String system, @Nullable String version) {
        return codeSystems.loaded(system, version).map(loaded -> {
            ValueSet whole = new ValueSet();
            whole.setUrl(url)
                    .setVersion(loaded.version())
                    .setTitle(loaded.title())
                    .setStatus(PublicationStatus.ACTIVE);
            whole.getCompose().addInclude().setSystem(system).setVersion(version);
            return whole;
        });
    }

    /** @return whether the code by which it is narrowed exists */
    private boolean narrowed(ValueSet whole, String property, FilterOperator operator, @Nullable String code) {
        if (code == null) {
            return true;
        }
        ConceptSetComponent include = whole.getCompose().getIncludeFirstRep();
        include.addFilter().setProperty(property).setOp(operator).setValue(code);
        return codeSystems.term(include.getSystem(), include.getVersion(), code).isPresent();
    }

    private boolean listed(ValueSet whole, String list) {
        ConceptSetComponent include = whole.getCompose().getIncludeFirstRep();
        include.addFilter().setProperty("LIST").setOp(FilterOperator.EQUAL).setValue(list);
        return codeSystems.hasProperty(include.getSystem(), "LIST", list);
    }
}
