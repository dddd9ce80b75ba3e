package ml.keneya.store;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.api.config.ThreadPoolFactoryConfig;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.jpa.config.r4.JpaR4Config;
import ca.uhn.fhir.jpa.config.util.HapiEntityManagerFactoryUtil;
import ca.uhn.fhir.jpa.config.util.ResourceCountCacheUtil;
import ca.uhn.fhir.jpa.model.dialect.HapiFhirPostgresDialect;
import ca.uhn.fhir.jpa.provider.DaoRegistryResourceSupportedSvc;
import ca.uhn.fhir.jpa.search.DatabaseBackedPagingProvider;
import ca.uhn.fhir.jpa.search.IStaleSearchDeletingSvc;
import ca.uhn.fhir.jpa.search.StaleSearchDeletingSvcImpl;
import ca.uhn.fhir.jpa.subscription.channel.config.SubscriptionChannelConfig;
import ca.uhn.fhir.jpa.util.ResourceCountCache;
import ca.uhn.fhir.rest.api.IResourceSupportedSvc;
import jakarta.persistence.EntityManagerFactory;
import java.util.Map;
import javax.sql.DataSource;
import ml.keneya.fhir.ServedTypes;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;

/** Puts HAPI's storage on our database: the beans that HAPI leaves to whoever wires it. */
@Configuration(proxyBeanMethods = false)
@Import({JpaR4Config.class, BatchConfiguration.class, SubscriptionChannelConfig.class, ThreadPoolFactoryConfig.class})
class PersistenceConfiguration {

    @Bean
    ServedTypes servedTypes() {
        return new ServedTypes(ResourceTypesInUse.NAMES);
    }

    @Bean
    IResourceSupportedSvc resourceSupportedSvc(DaoRegistry registry, ServedTypes served) {
        registry.setSupportedResourceTypes(served.names());
        return new DaoRegistryResourceSupportedSvc(registry);
    }

    /** HAPI's beans read their tables as soon as they are built, so both schemas come first. */
    @Bean
    @Primary
    @DependsOn({HapiSchema.BEAN, "flywayInitializer"})
    LocalContainerEntityManagerFactoryBean entityManagerFactory(
            ConfigurableListableBeanFactory beans,
            FhirContext context,
            JpaStorageSettings settings,
            DataSource source) {
        LocalContainerEntityManagerFactoryBean factory =
                HapiEntityManagerFactoryUtil.newEntityManagerFactory(beans, context, settings);
        factory.setPersistenceUnitName("keneya");
        factory.setDataSource(source);
        factory.setJpaPropertyMap(Map.of(
                "hibernate.dialect", HapiFhirPostgresDialect.class.getName(),
                // The schema is HAPI's migrator's business alone.
                "hibernate.hbm2ddl.auto", "none",
                "hibernate.search.enabled", "false",
                "hibernate.jdbc.batch_size", "50",
                "hibernate.archive.scanner", "org.hibernate.boot.archive.scan.internal.DisabledScanner"));
        return factory;
    }

    /** Exposes the JDBC connection to JdbcClient, so that our rows and HAPI's share one transaction (decision 7). */
    @Bean
    @Primary
    JpaTransactionManager transactionManager(EntityManagerFactory factory, DataSource source) {
        JpaTransactionManager manager = new JpaTransactionManager(factory);
        manager.setDataSource(source);
        return manager;
    }

    @Bean
    DatabaseBackedPagingProvider pagingProvider() {
        DatabaseBackedPagingProvider provider = new DatabaseBackedPagingProvider();
        provider.setDefaultPageSize(50);
        provider.setMaximumPageSize(StorageSettingsConfiguration.LARGEST_PAGE);
        return provider;
    }

    @Bean
    IStaleSearchDeletingSvc staleSearchDeletingSvc() {
        return new StaleSearchDeletingSvcImpl();
    }

    /** HAPI looks this one up by its name. */
    @Bean("myResourceCountsCache")
    ResourceCountCache resourceCountsCache(IFhirSystemDao<?, ?> systemDao) {
        return ResourceCountCacheUtil.newResourceCountCache(systemDao);
    }
}
