package ml.keneya.store;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.FlushModeType;
import java.util.Objects;
import org.springframework.dao.DataAccessException;
import org.springframework.orm.jpa.EntityManagerFactoryInfo;
import org.springframework.orm.jpa.EntityManagerFactoryUtils;
import org.springframework.orm.jpa.JpaDialect;
import org.springframework.stereotype.Component;

/** Decides when Hibernate writes what HAPI has changed. */
@Component
class Flushing {

    private final EntityManagerFactory entities;

    Flushing(EntityManagerFactory entities) {
        this.entities = entities;
    }

    /**
     * For the transaction that is open. HAPI looks up reference targets while it changes a record; a flush before each
     * of these queries would give the record one version more than it has in its history (a deleted record that comes
     * back went from version 2 to 4). HAPI does the same for its own transactions.
     */
    void onlyAtCommit() {
        ofTransaction().setFlushMode(FlushModeType.COMMIT);
    }

    /**
     * For the transaction that is open, before anything is written beside the records: two writes of one record then
     * meet at HAPI's row of it, where the later one learns that it must begin again, and nowhere else.
     */
    void now() {
        try {
            ofTransaction().flush();
        } catch (RuntimeException failed) {
            // As the commit would tell it, so that HAPI knows a conflict when it sees one.
            JpaDialect dialect = Objects.requireNonNull(((EntityManagerFactoryInfo) entities).getJpaDialect());
            DataAccessException told = dialect.translateExceptionIfPossible(failed);
            throw told == null ? failed : told;
        }
    }

    private EntityManager ofTransaction() {
        return Objects.requireNonNull(
                EntityManagerFactoryUtils.getTransactionalEntityManager(entities), "There is a transaction.");
    }
}
