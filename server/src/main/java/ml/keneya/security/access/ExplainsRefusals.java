package ml.keneya.security.access;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.Localized;
import ml.keneya.fhir.Outcomes;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.ServedTypes;
import ml.keneya.security.Reason;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Says to a caller why it was refused and what to do about it. Every refusal of these is about the caller's own token,
 * its own words and the published rules, and comes before anybody has looked for a record, so that none tells of one.
 */
@Component
class ExplainsRefusals {

    private static final Pattern TYPE = Pattern.compile("[A-Za-z]{1,64}");

    /** Served, although R4 does not know it (decision 24). */
    private static final String BESIDE_R4 = "ViewDefinition";

    /** An answer is no echo of whatever was sent. */
    private static final int LONGEST_NAME = 100;

    private static final int MOST_NAMES = 5;

    private final AccessTable table;
    private final SearchesWithinRights searches;
    private final ServedTypes served;

    ExplainsRefusals(AccessTable table, SearchesWithinRights searches, ServedTypes served) {
        this.table = table;
        this.searches = searches;
        this.served = served;
    }

    Refusal because(Reason reason, Caller caller, Scopes scopes, Wish wish) {
        return switch (reason) {
            case NO_TOKEN -> Refusal.of(RefusalCode.UNAUTHENTICATED);
            case PURPOSE_MISSING ->
                Refusal.of(
                        caller.role() == Caller.Role.SITE
                                ? RefusalCode.PURPOSE_OF_CARE_MISSING
                                : RefusalCode.PURPOSE_MISSING);
            case ROLE_FORBIDS -> Refusal.of(RefusalCode.ROLE_FORBIDS, nameOf(caller.role()), inWords(wish));
            case SCOPE_FORBIDS -> Refusal.of(RefusalCode.SCOPE_FORBIDS, missing(scopes, wish));
            case PARAMETER_FORBIDDEN ->
                Refusal.of(RefusalCode.SEARCH_BEYOND_RIGHTS, list(searches.notAllowed(caller, scopes, wish)));
            // Whether there is such a page is not looked up before it is known whose it is.
            case FOREIGN_PAGE -> Refusal.of(RefusalCode.NO_PAGE_OF_YOURS);
            case NO_RULE -> withoutRule(wish);
            default -> Refusal.of(RefusalCode.FORBIDDEN);
        };
    }

    /** What nobody can have is no secret: the answer is that of FHIR to a type that a server does not know. */
    private Refusal withoutRule(Wish wish) {
        String type = wish.type();
        boolean alone = AccessTable.standsAlone(wish) && table.hasRuleFor(type, String.valueOf(wish.operation()));
        if (alone || wish.interaction() == Interaction.TRANSACTION) {
            return Refusal.of(RefusalCode.NOT_IN_A_BUNDLE, inWords(wish));
        }
        return type == null
                        || served.names().contains(type)
                        || BESIDE_R4.equals(type)
                        || !TYPE.matcher(type).matches()
                ? Refusal.of(RefusalCode.OPEN_TO_NOBODY, inWords(wish))
                : Refusal.of(RefusalCode.UNKNOWN_RESOURCE_TYPE, type, served.inWords());
    }

    private static Localized nameOf(Caller.Role role) {
        return language -> Outcomes.message("role." + role.name(), language);
    }

    private static String inWords(Wish wish) {
        String type = wish.type() == null ? String.join(", ", wish.typesToSearch()) : wish.type();
        String operation = wish.operation();
        if (operation != null) {
            return shortened(wish.type() == null ? operation : type + "/" + operation);
        }
        // What is no interaction of FHIR has no word of FHIR either.
        String interaction = wish.interaction() == Interaction.OTHER
                ? ""
                : wish.interaction().code() + " ";
        return shortened((interaction + type).strip());
    }

    /** In the words of SMART, which the client asks for in its next token. */
    private String missing(Scopes scopes, Wish wish) {
        List<Scope> needed = table.scopesFor(wish);
        List<Scope> missing = scopes.missing(needed);
        // What a person's token gives and is refused all the same is for systems alone.
        return list((missing.isEmpty() ? needed : missing)
                .stream().map(Scope::toString).toList());
    }

    private static String list(List<String> names) {
        return names.stream().limit(MOST_NAMES).map(ExplainsRefusals::shortened).collect(Collectors.joining(", "));
    }

    private static String shortened(@Nullable String name) {
        String whole = String.valueOf(name);
        return whole.length() <= LONGEST_NAME ? whole : whole.substring(0, LONGEST_NAME) + "…";
    }
}
