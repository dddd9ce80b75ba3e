package ml.keneya.views.upkeep;

import java.util.List;
import ml.keneya.views.table.ReaderView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Lets the members of the two reading roles see the views. The roles belong to the whole PostgreSQL, so its
 * administrator makes them (docs/operations/database-roles.sql); the delivered one has them.
 */
@Component
class ReaderRoles {

    private static final Logger log = LoggerFactory.getLogger(ReaderRoles.class);

    void grant(JdbcClient on, String viewName) {
        for (String role : List.of(ReaderView.ANALYST_ROLE, ReaderView.IDENTIFIED_ROLE)) {
            boolean exists = on.sql("select exists (select from pg_roles where rolname = ?)")
                    .param(role)
                    .query(Boolean.class)
                    .single();
            if (exists) {
                ReaderView.grants(viewName, role).forEach(each -> on.sql(each).update());
            } else {
                log.debug("Role {} does not exist in this PostgreSQL; nobody reads view {} through it", role, viewName);
            }
        }
    }
}
