package ml.keneya.conformance.terminology;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import ml.keneya.conformance.CodeCriterion;
import ml.keneya.conformance.LoadedCodeSystems;
import ml.keneya.conformance.LoadedCodeSystems.CodeQuery;
import ml.keneya.conformance.LoadedCodeSystems.LoadedPage;
import ml.keneya.conformance.LoadedCodeSystems.LoadedSystem;
import org.hl7.fhir.r4.model.Coding;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Counts what is in a value set, turns its pages and finds single codes in it: in memory first, then in the database.
 */
@Component
class ReadsMembers {

    private final LoadedCodeSystems loaded;

    ReadsMembers(LoadedCodeSystems loaded) {
        this.loaded = loaded;
    }

    /**
     * What somebody wants to see.
     *
     * @param typed words; everything when absent
     */
    record Wanted(@Nullable String typed, boolean onlyActive) {

        boolean isMetBy(Term term) {
            return (typed == null || term.matches(typed)) && (!onlyActive || !term.inactive());
        }

        CodeQuery of(CodeCriterion criterion) {
            return new CodeQuery(
                    criterion,
                    typed == null
                            ? List.of()
                            : Term.words(typed).stream().distinct().toList(),
                    onlyActive);
        }
    }

    /**
     * A page of a value set.
     *
     * @param total how many codes there are on all pages
     */
    record Page(long total, List<Term> terms) {
        Page {
            terms = List.copyOf(terms);
        }
    }

    Page page(Members members, Wanted wanted, long from, int size) {
        List<Term> all = inMemory(members, wanted).toList();
        List<Term> page = new ArrayList<>(all.stream().skip(from).limit(size).toList());
        long total = all.size();
        for (Map.Entry<LoadedSystem, CodeCriterion> part : members.loaded().entrySet()) {
            LoadedPage here = loaded.page(
                    part.getKey(), wanted.of(part.getValue()), Math.max(0, from - total), size - page.size());
            here.concepts().stream()
                    .map(concept -> LoadedContent.term(part.getKey(), concept))
                    .forEach(page::add);
            total += here.total();
        }
        return new Page(total, page);
    }

    /** The versions of code systems from which the members come. */
    List<String> systems(Members members, Wanted wanted) {
        return Stream.concat(
                        inMemory(members, wanted)
                                .filter(term -> term.version() != null)
                                .map(term -> term.system() + "|" + term.version()),
                        members.loaded().keySet().stream().map(system -> system.url() + "|" + system.version()))
                .distinct()
                .toList();
    }

    /** A code without a system is looked for in the whole list: forms of one list send no more. */
    Optional<Term> find(Members members, Coding candidate) {
        return members.terms().stream()
                .filter(term -> candidate.hasSystem()
                        ? term.is(candidate.getSystem(), candidate.getCode())
                        : term.code().equals(candidate.getCode()))
                .findFirst()
                .or(() -> members.loaded().entrySet().stream()
                        .filter(part -> !candidate.hasSystem()
                                || candidate.getSystem().equals(part.getKey().url()))
                        .filter(part -> loaded.meets(part.getKey(), candidate.getCode(), part.getValue()))
                        .flatMap(part -> new LoadedContent(loaded, part.getKey()).term(candidate.getCode()).stream())
                        .findFirst());
    }

    private static Stream<Term> inMemory(Members members, Wanted wanted) {
        return members.terms().stream().filter(wanted::isMetBy);
    }
}
