package ml.keneya.store;

import ca.uhn.fhir.jpa.search.builder.QueryStack.SearchForIdsParams;
import ca.uhn.fhir.jpa.search.builder.predicate.ResourceIdPredicateBuilder;
import ca.uhn.fhir.jpa.search.builder.sql.SearchQueryBuilder;
import ca.uhn.fhir.model.api.IQueryParameterType;
import com.healthmarketscience.sqlbuilder.ComboCondition;
import com.healthmarketscience.sqlbuilder.Condition;
import com.healthmarketscience.sqlbuilder.CustomSql;
import com.healthmarketscience.sqlbuilder.InCondition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.annotation.Scope;
import org.springframework.stereotype.Component;

/**
 * HAPI's condition on ids, which knows one thing more: whom a facility treats ({@link TreatedHere}). That is a
 * condition of its own beside what the client asks for, so nothing that the client says of ids turns it round; and it
 * lists nobody, so a facility may treat any number of people.
 */
@Component("findsTreatedPeople")
@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
class FindsTreatedPeople extends ResourceIdPredicateBuilder {

    private final SearchQueryBuilder query;

    FindsTreatedPeople(SearchQueryBuilder query) {
        super(query);
        this.query = query;
    }

    @Override
    public @Nullable Condition createPredicateResourceId(SearchForIdsParams asked) {
        List<List<IQueryParameterType>> ids = new ArrayList<>(asked.getAndOrParams());
        List<TreatedHere> treated = new ArrayList<>();
        ids.removeIf(any -> {
            boolean ours = any.size() == 1 && any.get(0) instanceof TreatedHere;
            if (ours) {
                treated.add((TreatedHere) any.get(0));
            }
            return ours;
        });
        if (treated.isEmpty()) {
            return super.createPredicateResourceId(asked);
        }
        ComboCondition all = ComboCondition.and();
        if (!ids.isEmpty()) {
            Condition named = super.createPredicateResourceId(asked.setAndOrParams(ids));
            if (named != null) {
                all.addCondition(named);
            }
        }
        treated.forEach(here -> all.addCondition(areTreatedAt(here.facility())));
        return all;
    }

    private Condition areTreatedAt(String facility) {
        String type = query.generatePlaceholder("Patient");
        String here = query.generatePlaceholder(facility);
        return new InCondition(
                getOrCreateQueryRootTable(true).getResourceIdColumn(), new CustomSql("""
                select treated.res_id from keneya.treatment here
                join hfj_resource treated on treated.res_type = '%s' and treated.fhir_id = here.patient_id
                where here.facility = '%s'""".formatted(type, here)));
    }
}
