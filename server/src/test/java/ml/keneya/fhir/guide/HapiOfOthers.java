package ml.keneya.fhir.guide;

import ca.uhn.fhir.batch2.jobs.config.Batch2JobsConfig;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.api.config.ThreadPoolFactoryConfig;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.jpa.batch2.JpaBatch2Config;
import ca.uhn.fhir.jpa.config.r4.JpaR4Config;
import ca.uhn.fhir.jpa.config.util.HapiEntityManagerFactoryUtil;
import ca.uhn.fhir.jpa.config.util.ResourceCountCacheUtil;
import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import ca.uhn.fhir.jpa.model.dialect.HapiFhirPostgresDialect;
import ca.uhn.fhir.jpa.packages.IPackageInstallerSvc;
import ca.uhn.fhir.jpa.provider.DaoRegistryResourceSupportedSvc;
import ca.uhn.fhir.jpa.search.DatabaseBackedPagingProvider;
import ca.uhn.fhir.jpa.search.IStaleSearchDeletingSvc;
import ca.uhn.fhir.jpa.search.StaleSearchDeletingSvcImpl;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.jpa.subscription.channel.config.SubscriptionChannelConfig;
import ca.uhn.fhir.jpa.util.ResourceCountCache;
import ca.uhn.fhir.rest.api.IResourceSupportedSvc;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import com.zaxxer.hikari.HikariDataSource;
import jakarta.persistence.EntityManagerFactory;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import ml.keneya.operations.postgresql.PostgresqlConnection;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;

/**
 * A HAPI JPA server as its makers deliver it, without HTTP and without a line of ours: its own settings, its own
 * validation, its own tables in a database that is empty. It is what somebody else has who installs our package.
 */
final class HapiOfOthers implements AutoCloseable {

    private final AnnotationConfigApplicationContext beans;

    private HapiOfOthers(AnnotationConfigApplicationContext beans) {
        this.beans = beans;
    }

    /** @param takesDrafts what the operator sets: whether the installer takes definitions that are marked as drafts */
    static HapiOfOthers on(PostgresqlConnection database, boolean takesDrafts) {
        HikariDataSource source = new HikariDataSource();
        source.setJdbcUrl(database.url());
        source.setUsername(database.username());
        source.setPassword(database.password());
        AnnotationConfigApplicationContext beans = new AnnotationConfigApplicationContext();
        beans.registerBean(DataSource.class, () -> source);
        beans.registerBean(JpaStorageSettings.class, () -> settings(takesDrafts));
        beans.register(Persistence.class, Jobs.class);
        beans.refresh();
        return new HapiOfOthers(beans);
    }

    /** As the operator sets the drafts, for an installation after this. */
    void takeDrafts(boolean takesDrafts) {
        beans.getBean(JpaStorageSettings.class).setValidateResourceStatusForPackageUpload(!takesDrafts);
    }

    IPackageInstallerSvc installer() {
        return beans.getBean(IPackageInstallerSvc.class);
    }

    /** All records of a type as they are stored. */
    List<IBaseResource> stored(String type) {
        return beans.getBean(DaoRegistry.class)
                .getResourceDao(type)
                .search(SearchParameterMap.newSynchronous(), new SystemRequestDetails())
                .getAllResources();
    }

    @Override
    public void close() {
        beans.close();
    }

    private static JpaStorageSettings settings(boolean takesDrafts) {
        JpaStorageSettings settings = new JpaStorageSettings();
        settings.setValidateResourceStatusForPackageUpload(!takesDrafts);
        settings.setHibernateSearchIndexFullText(false);
        settings.setHibernateSearchIndexSearchParams(false);
        return settings;
    }

    /** Registered by hand and not marked as a configuration, so that the exchange's own scan never meets it. */
    @Import({JpaR4Config.class, SubscriptionChannelConfig.class, ThreadPoolFactoryConfig.class})
    static class Persistence {

        @Bean
        PartitionSettings partitionSettings() {
            return new PartitionSettings();
        }

        @Bean
        IResourceSupportedSvc resourceSupportedSvc(DaoRegistry registry) {
            return new DaoRegistryResourceSupportedSvc(registry);
        }

        @Bean
        @Primary
        LocalContainerEntityManagerFactoryBean entityManagerFactory(
                ConfigurableListableBeanFactory factoryOfBeans,
                FhirContext context,
                JpaStorageSettings settings,
                DataSource source) {
            LocalContainerEntityManagerFactoryBean factory =
                    HapiEntityManagerFactoryUtil.newEntityManagerFactory(factoryOfBeans, context, settings);
            factory.setPersistenceUnitName("others");
            factory.setDataSource(source);
            factory.setJpaPropertyMap(Map.of(
                    "hibernate.dialect", HapiFhirPostgresDialect.class.getName(),
                    "hibernate.hbm2ddl.auto", "create",
                    "hibernate.search.enabled", "false"));
            return factory;
        }

        @Bean
        @Primary
        JpaTransactionManager transactionManager(EntityManagerFactory factory) {
            return new JpaTransactionManager(factory);
        }

        @Bean
        DatabaseBackedPagingProvider pagingProvider() {
            return new DatabaseBackedPagingProvider();
        }

        @Bean
        IStaleSearchDeletingSvc staleSearchDeletingSvc() {
            return new StaleSearchDeletingSvcImpl();
        }

        @Bean("myResourceCountsCache")
        ResourceCountCache resourceCountsCache(IFhirSystemDao<?, ?> systemDao) {
            return ResourceCountCacheUtil.newResourceCountCache(systemDao);
        }
    }

    /** HAPI's background jobs, which its record classes insist on. */
    @Import(Batch2JobsConfig.class)
    static class Jobs extends JpaBatch2Config {}
}
