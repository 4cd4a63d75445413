package dev.sluice.architecture.planted.local;

import org.springframework.stereotype.Component;

/** Has a stereotype; abstract, so that no scan makes a bean of it. */
@Component
public abstract class PlantedServer {}
