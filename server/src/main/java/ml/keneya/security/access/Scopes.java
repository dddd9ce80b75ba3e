package ml.keneya.security.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a token may be used for; the role of its holder limits it further. */
public record Scopes(List<Scope> each) {

    private static final String SYSTEM = "system";
    private static final String PERSON = "user";

    /** What an application may ask about a person beside records, and how long it may go on without them. */
    public static final Set<String> ABOUT_PERSONS =
            Set.of("openid", "fhirUser", "profile", "online_access", "offline_access");

    /** Every right of the role. */
    public static final Scopes ALL = new Scopes(List.of(new Scope(SYSTEM, "*", "cruds")));

    private static final String ATTRIBUTE = Scopes.class.getName();
    private static final Scopes NONE = new Scopes(List.of());

    public Scopes {
        each = List.copyOf(each);
    }

    /**
     * The scopes of a system. Nothing unless there is at least one scope and every one of them is understood: whoever
     * asks for more than that would take silence for a right.
     */
    public static Optional<Scopes> parse(String written) {
        return parse(Arrays.asList(written.strip().split(" +")), SYSTEM);
    }

    /** Those among the scopes of a person's token that are about records; nothing unless every word is understood. */
    public static Optional<Scopes> ofPerson(Collection<String> words) {
        return parse(
                words.stream().filter(word -> !ABOUT_PERSONS.contains(word)).toList(), PERSON);
    }

    private static Optional<Scopes> parse(Collection<String> words, String context) {
        List<Optional<Scope>> read = words.stream()
                .map(word -> Scope.parse(word).filter(scope -> scope.context().equals(context)))
                .toList();
        return read.stream().allMatch(Optional::isPresent)
                ? Optional.of(new Scopes(read.stream().flatMap(Optional::stream).toList()))
                : Optional.empty();
    }

    /** Whether they open no record at all. */
    public boolean isNone() {
        return each.isEmpty();
    }

    /** Whether they are a system's, which acts by itself; nobody looks on when it fetches whole stocks. */
    boolean areOfSystem() {
        return each.stream().allMatch(scope -> scope.context().equals(SYSTEM));
    }

    /** Those of them that these do not give, in the words that their holder asks for them with. */
    List<Scope> missing(List<Scope> needed) {
        boolean ofPerson = each.isEmpty() || !areOfSystem();
        return needed.stream()
                .filter(scope -> !cover(new Scopes(List.of(scope))))
                .map(scope -> ofPerson ? scope.ofPerson() : scope)
                .toList();
    }

    /** Whether these give every right that the others name. */
    public boolean cover(Scopes others) {
        return others.each.stream()
                .allMatch(other -> other.letters().chars().allMatch(letter -> allow(other.type(), (char) letter)));
    }

    /** @param type of a resource; {@code *} asks for a right on all types */
    boolean allow(String type, char letter) {
        return each.stream().anyMatch(scope -> scope.allows(type, letter));
    }

    /** Hands the scopes of a token to the rules that apply behind. */
    public void bringTo(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    /** Those that were brought; none when nobody brought any. */
    static Scopes of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Scopes scopes ? scopes : NONE;
    }

    @Override
    public String toString() {
        return each.stream().map(Scope::toString).collect(Collectors.joining(" "));
    }
}
