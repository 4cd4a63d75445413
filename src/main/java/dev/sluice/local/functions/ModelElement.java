package dev.sluice.local.functions;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One element of a format model.
 *
 * @param name in upper case; empty for what stands for itself
 * @param text as it is written, or what stands for itself
 */
record ModelElement(String name, String text) {

    /** What an element tells of a moment. */
    enum Category {
        YEAR,
        MONTH,
        DAY,
        HOUR,
        MERIDIAN_INDICATOR,
        MINUTE,
        SECOND,
        TIME_ZONE,
        OTHER,
        LITERAL
    }

    private static final Set<Category> DATE = Set.of(Category.YEAR, Category.MONTH, Category.DAY);
    private static final Set<Category> TIME =
            Set.of(Category.HOUR, Category.MERIDIAN_INDICATOR, Category.MINUTE, Category.SECOND);

    private static final Map<Category, List<String>> NAMES = Map.of(
            Category.YEAR, List.of("YYYY", "YYY", "YY", "Y", "RRRR", "RR", "Y,YYY"),
            Category.MONTH, List.of("MM", "MON", "MONTH"),
            Category.DAY, List.of("DDD", "DD", "D", "DAY", "DY"),
            Category.HOUR, List.of("HH", "HH12", "HH24"),
            Category.MERIDIAN_INDICATOR, List.of("AM", "PM", "A.M.", "P.M."),
            Category.MINUTE, List.of("MI"),
            Category.SECOND, List.of("SS", "SSSSS", "FF1", "FF2", "FF3", "FF4", "FF5", "FF6", "FF7", "FF8", "FF9"),
            Category.TIME_ZONE, List.of("TZH", "TZM"),
            Category.OTHER,
                    List.of(
                            "SYYYY", "SYEAR", "YEAR", "IYYY", "IYY", "IY", "I", "RM", "J", "CC", "SCC", "Q", "IW", "WW",
                            "W", "AD", "BC", "A.D.", "B.C.", "SPTH", "THSP", "SP", "TH", "FM"));

    static List<String> names() {
        return NAMES.values().stream().flatMap(List::stream).toList();
    }

    Category category() {
        return NAMES.entrySet().stream()
                .filter(entry -> entry.getValue().contains(name))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(Category.LITERAL);
    }

    boolean isLiteral() {
        return name.isEmpty();
    }

    /** @param type DATE, TIME, DATETIME or TIMESTAMP */
    boolean isOf(String type) {
        Category category = category();
        return isLiteral()
                || !type.equals("TIME") && DATE.contains(category)
                || !type.equals("DATE") && TIME.contains(category)
                || type.equals("TIMESTAMP") && category == Category.TIME_ZONE;
    }

    boolean isBlank() {
        return isLiteral() && !text.isEmpty() && text.isBlank();
    }

    /** Whether digits are read where it stands. */
    boolean beginsWithDigit() {
        return isLiteral()
                ? !text.isEmpty() && Character.isDigit(text.charAt(0))
                : !Set.of("MON", "MONTH", "A.M.", "P.M.", "TZH").contains(name);
    }
}
