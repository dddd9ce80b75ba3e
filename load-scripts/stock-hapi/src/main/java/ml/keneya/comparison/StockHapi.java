package ml.keneya.comparison;

import ca.uhn.fhir.batch2.jobs.config.Batch2JobsConfig;
import ca.uhn.fhir.batch2.jobs.export.BulkDataExportProvider;
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
import ca.uhn.fhir.jpa.provider.DaoRegistryResourceSupportedSvc;
import ca.uhn.fhir.jpa.provider.JpaSystemProvider;
import ca.uhn.fhir.jpa.search.DatabaseBackedPagingProvider;
import ca.uhn.fhir.jpa.search.IStaleSearchDeletingSvc;
import ca.uhn.fhir.jpa.search.StaleSearchDeletingSvcImpl;
import ca.uhn.fhir.jpa.subscription.channel.config.SubscriptionChannelConfig;
import ca.uhn.fhir.jpa.util.ResourceCountCache;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.api.IResourceSupportedSvc;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.provider.ResourceProviderFactory;
import jakarta.persistence.EntityManagerFactory;
import java.util.Map;
import javax.sql.DataSource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Meta;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.data.jpa.JpaRepositoriesAutoConfiguration;
import org.springframework.boot.autoconfigure.elasticsearch.ElasticsearchRestClientAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.orm.jpa.HibernateJpaAutoConfiguration;
import org.springframework.boot.autoconfigure.quartz.QuartzAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;

/**
 * HAPI FHIR JPA as its makers deliver it, to compare with: their artefacts of the version that the exchange stands on, every
 * storage setting as HAPI's own default, no validation, no rights. Nothing of the exchange is on its class path.
 *
 * <p>It takes a PostgreSQL from Boot's own settings, {@code --spring.datasource.url} and its neighbours.
 */
@SpringBootApplication(
        exclude = {
            HibernateJpaAutoConfiguration.class,
            JpaRepositoriesAutoConfiguration.class,
            // A search engine that HAPI can use and nobody here runs.
            ElasticsearchRestClientAutoConfiguration.class,
            FlywayAutoConfiguration.class,
            QuartzAutoConfiguration.class
        })
@Import({
    JpaR4Config.class,
    JpaBatch2Config.class,
    Batch2JobsConfig.class,
    SubscriptionChannelConfig.class,
    ThreadPoolFactoryConfig.class
})
public class StockHapi {

    public static void main(String[] arguments) {
        new SpringApplicationBuilder(StockHapi.class)
                // HAPI's own beans need each other in circles.
                .properties("spring.main.allow-circular-references=true")
                .run(arguments);
    }

    /** What HAPI leaves to whoever wires its storage. */
    @Configuration(proxyBeanMethods = false)
    static class Storage {

        @Bean
        JpaStorageSettings storageSettings() {
            return new JpaStorageSettings();
        }

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
                ConfigurableListableBeanFactory beans,
                FhirContext context,
                JpaStorageSettings settings,
                DataSource source) {
            LocalContainerEntityManagerFactoryBean factory =
                    HapiEntityManagerFactoryUtil.newEntityManagerFactory(beans, context, settings);
            factory.setPersistenceUnitName("stock");
            factory.setDataSource(source);
            factory.setJpaPropertyMap(Map.of(
                    "hibernate.dialect", HapiFhirPostgresDialect.class.getName(),
                    "hibernate.hbm2ddl.auto", "update",
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

    /** The servlet, as HAPI's documentation registers it. */
    @Configuration(proxyBeanMethods = false)
    static class Server {

        @Bean
        ServletRegistrationBean<RestfulServer> fhirServlet(
                FhirContext context,
                @Qualifier("myResourceProvidersR4") ResourceProviderFactory resources,
                @Qualifier("mySystemProviderR4") JpaSystemProvider<? extends Bundle, ? extends Meta> system,
                BulkDataExportProvider export,
                DatabaseBackedPagingProvider pages) {
            RestfulServer server = new RestfulServer(context);
            server.registerProviders(resources.createProviders());
            server.registerProvider(system);
            server.registerProvider(export);
            server.setPagingProvider(pages);
            server.setDefaultResponseEncoding(EncodingEnum.JSON);
            ServletRegistrationBean<RestfulServer> registration = new ServletRegistrationBean<>(server, "/fhir/*");
            registration.setLoadOnStartup(1);
            return registration;
        }
    }
}
