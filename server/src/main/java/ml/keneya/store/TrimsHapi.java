package ml.keneya.store;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.stereotype.Component;

/**
 * Takes out of HAPI's configuration what we replace, and puts to sleep what we never use. HAPI's configuration classes
 * cannot be imported in part, and a copy of them would break with each of its releases.
 */
@Component
class TrimsHapi implements BeanDefinitionRegistryPostProcessor {

    /** HAPI's bean, and ours that takes its place and its name. */
    private static final Map<String, String> REPLACED = Map.ofEntries(
            Map.entry("newResourceIdPredicateBuilder", "findsTreatedPeople"),
            Map.entry("myJpaValidationSupportChain", "maliValidationSupport"),
            Map.entry("searchParamProvider", "keptSearchParameters"),
            Map.entry("searchParamRegistry", "fixedSearchParameterRegistry"),
            Map.entry("termCodeSystemStorageSvc", "keepsNoConcepts"),
            Map.entry("primaryFhirContext", "exactFhirContext"),
            Map.entry("jpaStorageResourceParser", "readsExactNumbers"),
            Map.entry("searchParamExtractor", "readsPathsOnUse"),
            Map.entry("hapiTransactionService", "limitsReadingTime"),
            Map.entry("myInstanceValidator", "maliInstanceValidator"),
            Map.entry("schedulerService", "schedulesAfterReadiness"));

    /** Beans of features that are not offered; created only if something asks for them after all. */
    private static final Set<String> UNUSED = Set.of(
            "myGraphQLProvider",
            "mySystemProviderR4",
            "patientMergeProvider",
            "resourceMergeService",
            "resourceUndoMergeService",
            "mergeOperationProviderSvc",
            "partitionManagementProvider",
            "terminologyUploaderProvider",
            "processMessageProvider",
            "bulkDataExportProvider",
            "auditReader",
            "npmJpaValidationSupport");

    @Override
    public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
        REPLACED.forEach((theirs, ours) -> {
            registry.removeBeanDefinition(theirs);
            registry.registerAlias(ours, theirs);
        });
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        UNUSED.stream().filter(beans::containsBeanDefinition).forEach(name -> sleep(beans.getBeanDefinition(name)));
        List<String> served = ResourceTypesInUse.NAMES;
        for (String name : beans.getBeanDefinitionNames()) {
            if (name.startsWith("my") && name.endsWith("DaoR4") && !served.contains(typeOf(name))) {
                sleep(beans.getBeanDefinition(name));
            }
        }
    }

    private static void sleep(BeanDefinition definition) {
        definition.setLazyInit(true);
    }

    private static String typeOf(String daoName) {
        return daoName.substring("my".length(), daoName.length() - "DaoR4".length());
    }
}
