package org.meterledger.web.layout;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.primefaces.model.FilterMeta;
import org.primefaces.model.LazyDataModel;
import org.primefaces.model.SortMeta;

/**
 * The rows of a table, fetched page by page. The one way in which tables of this portal get rows,
 * since any of them may have a million.
 */
public class LazyRows<T> extends LazyDataModel<T> {

  private static final long serialVersionUID = 1L;

  private final Page<T> page;
  private final Count count;

  /** Fetches some rows. */
  @FunctionalInterface
  public interface Page<T> extends Serializable {
    /**
     * @param sort of the column by which the table is sorted; null for the list's own order
     */
    List<T> fetch(int first, int max, String sort, boolean ascending);
  }

  /** Tells how many rows there are. */
  @FunctionalInterface
  public interface Count extends Serializable {
    long rows();
  }

  public LazyRows(Page<T> page, Count count) {
    this.page = page;
    this.count = count;
  }

  @Override
  public int count(Map<String, FilterMeta> filterBy) {
    return (int) Math.min(Integer.MAX_VALUE, count.rows());
  }

  @Override
  public List<T> load(
      int first, int pageSize, Map<String, SortMeta> sortBy, Map<String, FilterMeta> filterBy) {
    var sort = sortBy.values().stream().filter(SortMeta::isActive).findFirst();
    return page.fetch(
        first,
        pageSize,
        sort.map(SortMeta::getField).orElse(null),
        sort.map(meta -> meta.getOrder().isAscending()).orElse(true));
  }
}
