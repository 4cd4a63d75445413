package dev.sluice;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.ComponentScan;

/**
 * The context of a process that runs jobs; commands start it, see {@code cli}. Beans are declared in classes named so
 * ({@code CodingRules}): to read the other two thousand takes longer than all else that a start does.
 */
@SpringBootApplication
@ComponentScan(resourcePattern = "**/*Wiring.class")
@ComponentScan(resourcePattern = "**/*Job.class")
public class SluiceApplication {}
