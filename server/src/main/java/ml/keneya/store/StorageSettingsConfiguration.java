package ml.keneya.store;

import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings.ClientIdStrategyEnum;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings.IdStrategyEnum;
import ca.uhn.fhir.jpa.api.model.HistoryCountModeEnum;
import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import ca.uhn.fhir.jpa.model.entity.StorageSettings;
import ca.uhn.fhir.rest.api.SearchTotalModeEnum;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Every storage setting that differs from HAPI's default, with its reason. Nothing else sets one. */
@Configuration(proxyBeanMethods = false)
class StorageSettingsConfiguration {

    /** The largest page and the largest search result a request may ask for at once (decision 20). */
    static final int LARGEST_PAGE = 500;

    /** Entries a bundle may have (decision 20). */
    static final int LARGEST_BUNDLE = 1_000;

    /** How many matches of a search HAPI looks for ahead; who asks for more waits until those of the next are found. */
    private static final List<Integer> STEPS =
            List.of(50, 500, 2_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_100_000);

    @Bean
    JpaStorageSettings storageSettings() {
        JpaStorageSettings settings = new JpaStorageSettings();
        identities(settings);
        writing(settings);
        indexing(settings);
        searching(settings);
        background(settings);
        return settings;
    }

    /** Not partitioned: whose record it is stands in a label (decision 15), and a person is a national record. */
    @Bean
    PartitionSettings partitionSettings() {
        return new PartitionSettings();
    }

    private static void identities(JpaStorageSettings settings) {
        // Ids are not guessable, and never collide between servers (decision 11).
        settings.setResourceServerIdStrategy(IdStrategyEnum.UUID);
        // The Android FHIR SDK creates by PUT with its own ids; other registries bring digits only (decision 11).
        settings.setResourceClientIdStrategy(ClientIdStrategyEnum.ANY);
        // No tag tables: no races on tag rows, and an old version stays as it was written (decision 15).
        settings.setTagStorageMode(JpaStorageSettings.TagStorageModeEnum.INLINE);
        // meta.source is ours and carries no request id (decision 16).
        settings.setStoreMetaSourceInformation(
                ca.uhn.fhir.jpa.api.config.JpaStorageSettings.StoreMetaSourceInformationEnum.SOURCE_URI);
    }

    private static void writing(JpaStorageSettings settings) {
        settings.setMaximumTransactionBundleSize(LARGEST_BUNDLE);
        // Saves a SELECT on every write; the unique index itself answers (HAPI issue 7704).
        settings.setUniqueIndexesCheckedBeforeSave(false);
        // A conditional update that no longer matches its own condition would double the record the next time.
        settings.setPreventInvalidatingConditionalMatchCriteria(true);
        // HAPI's golden records are not used; their history need not be kept.
        settings.setNonResourceDbHistoryEnabled(false);
        // Mass deletion is an operator's job, never a clinic's.
        settings.setAllowMultipleDelete(false);
        settings.setExpungeEnabled(false);
        // A reference to the wrong type of record is a mistake that nobody finds later.
        settings.setEnforceReferenceTargetTypes(true);
    }

    private static void indexing(JpaStorageSettings settings) {
        // Only parameters of our list exist; what HAPI cannot do without it adds itself.
        settings.setAutoSupportDefaultSearchParams(false);
        // Our list reaches the registry as overrides, so this must stay on; no client can store a parameter.
        settings.setDefaultSearchParamsCanBeOverridden(true);
        // The list is fixed at build time; a change of it is an operator's reindex job with progress.
        settings.setMarkResourcesForReindexingUponSearchParameterChange(false);
        // Drops two text columns from every index row; must be set from the first row on.
        settings.setIndexStorageOptimized(true);
        // Index rows for the text of codes cost more than the codes; nobody searches them by text.
        settings.setSuppressStringIndexingInTokens(true);
        settings.setIndexMissingFields(StorageSettings.IndexEnabledEnum.DISABLED);
        // No index outside the database: we run many processes on one database (decision 21).
        settings.setHibernateSearchIndexFullText(false);
        settings.setHibernateSearchIndexSearchParams(false);
    }

    private static void searching(JpaStorageSettings settings) {
        // A clinic must see what it has just written.
        settings.setReuseCachedSearchResultsForMillis(null);
        // Slow clients page for hours.
        settings.setExpireSearchResultsAfterMillis(TimeUnit.HOURS.toMillis(24));
        // After the last HAPI ends a search as if it were whole. How far pages go is limited where it is said
        // (keneya.search-limits.offset), so those behind 10 000 are for records that are looked at and not shown.
        settings.setSearchPreFetchThresholds(STEPS);
        settings.setFetchSizeDefaultMaximum(LARGEST_PAGE);
        settings.setMaximumIncludesToLoadPerPage(LARGEST_PAGE);
        // A search inside a bundle has pages like any other; with a limit HAPI cuts it off without a word.
        settings.setMaximumSearchResultCountInTransaction(null);
        // HAPI takes the number of versions of a minute ago for today's and leaves the oldest out.
        settings.setHistoryCountMode(HistoryCountModeEnum.COUNT_ACCURATE);
        // Counting everything is only done for who asks for it.
        settings.setDefaultTotalMode(SearchTotalModeEnum.NONE);
        settings.setCountSearchResultsUpTo(1_000);
        settings.setAllowContainsSearches(false);
        settings.setFilterParameterEnabled(false);
        settings.setTreatBaseUrlsAsLocal(Set.of());
    }

    private static void background(JpaStorageSettings settings) {
        // Background work must leave the second core to the clinics.
        settings.setReindexThreadCount(1);
        settings.setExpungeThreadCount(1);
        settings.setEnableTaskPreExpandValueSets(false);
        settings.setPreExpandValueSets(false);
        settings.setEnableBulkExportJobReuse(false);
    }
}
