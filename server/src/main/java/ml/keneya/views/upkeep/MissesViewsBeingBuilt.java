package ml.keneya.views.upkeep;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import ml.keneya.fhir.MomentaryFailures;
import org.springframework.stereotype.Component;

/**
 * After an upgrade, what counts in a column or a view that is new with it fails until that is built: whoever asks is to
 * come back. When nothing is being built the same failure is a mistake of ours.
 */
@Component
class MissesViewsBeingBuilt implements MomentaryFailures {

    /** {@code undefined_table} and {@code undefined_column}: PostgreSQL's manual, appendix A. */
    private static final Set<String> MISSING = Set.of("42P01", "42703");

    /** A table that is only made anew, of the definition that is served, adds nothing that could be missing. */
    private static final String BEING_BUILT = """
            select exists (
                select from keneya.view_table building
                where building.state = 'BUILDING' and not exists (
                    select from keneya.view_table served
                    where served.view_name = building.view_name and served.digest = building.digest
                        and served.state = 'ACTIVE'))
            """;

    private final OwnerDatabase owner;

    MissesViewsBeingBuilt(OwnerDatabase owner) {
        this.owner = owner;
    }

    @Override
    public boolean include(Throwable cause) {
        return cause instanceof SQLException database
                && MISSING.contains(String.valueOf(database.getSQLState()))
                && isSomethingBeingBuilt();
    }

    /** On a connection of its own: the transaction that failed accepts no other question. */
    private boolean isSomethingBeingBuilt() {
        try (Connection connection = owner.source().getConnection();
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(BEING_BUILT)) {
            return answer.next() && answer.getBoolean(1);
        } catch (SQLException unknown) {
            return false;
        }
    }

    @Override
    public boolean comeOfAFullDisk(Throwable cause) {
        return false;
    }

    @Override
    public boolean neverInclude(Throwable cause) {
        return false;
    }
}
