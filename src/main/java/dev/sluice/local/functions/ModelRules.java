package dev.sluice.local.functions;

import dev.sluice.local.functions.ModelElement.Category;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a format model must be in which a text is read. */
final class ModelRules {

    private static final Set<String> WRITTEN_ONLY = Set.of("DDD", "D", "DAY", "DY", "AM", "PM");

    private final Set<String> names = new HashSet<>();
    private final Set<Category> categories = EnumSet.noneOf(Category.class);

    private ModelRules() {}

    /** @throws GoogleError if it is not */
    static void require(String type, List<ModelElement> elements) {
        var rules = new ModelRules();
        elements.stream().filter(element -> !element.isLiteral()).forEach(element -> rules.add(type, element));
        rules.requireWhole();
    }

    private void add(String type, ModelElement element) {
        String name = element.name();
        Category category = element.category();
        if (WRITTEN_ONLY.contains(name) || category == Category.OTHER) {
            throw new GoogleError("Format element '%s' is not supported for parsing".formatted(name));
        }
        if (!element.isOf(type)) {
            throw new GoogleError("Format element in category %s ('%s') is not allowed for output type %s"
                    .formatted(category, name, type));
        }
        boolean several = category == Category.SECOND || category == Category.TIME_ZONE;
        boolean fraction = names.stream().anyMatch(other -> other.startsWith("FF"));
        if (!names.add(name) || name.startsWith("FF") && fraction || !categories.add(category) && !several) {
            throw new GoogleError("More than one format element in category %s exist: '%s'".formatted(category, name));
        }
    }

    private void requireWhole() {
        boolean twelve = names.contains("HH") || names.contains("HH12");
        if (twelve != categories.contains(Category.MERIDIAN_INDICATOR)) {
            throw new GoogleError("Format elements HH12 and A.M. or P.M. require each other");
        }
        boolean alone =
                !names.contains("SS") && !categories.contains(Category.HOUR) && !categories.contains(Category.MINUTE);
        if (names.contains("SSSSS") && !alone) {
            throw new GoogleError("Format element 'SSSSS' cannot exist beside hours, minutes and seconds");
        }
    }
}
