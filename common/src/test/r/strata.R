# Golden values of StratifiedTest and StratifiedMeans. In this directory: Rscript strata.R
# R 4.2.2, jsonlite. Reads nothing but its seed.
suppressPackageStartupMessages(library(jsonlite))
set.seed(5)
out <- "../resources/golden/statistic"
write <- function(name, cases) writeLines(toJSON(cases, digits = NA, auto_unbox = TRUE, pretty = 1), file.path(out, name))

# mantelhaen.test takes two strata and more; of one, its test is Fisher's.
shares <- list()
for (k in c(1, 2, 3, 8)) for (effect in c(0, .3)) for (size in c(4, 15)) {
  n <- 2 + rpois(k, size); m <- 2 + rpois(k, size); base <- runif(k, .2, .7)
  a <- rbinom(k, n, base + effect); c <- rbinom(k, m, base)
  if (all(a + c == 0 | a + c == n + m)) next
  tables <- array(rbind(a, n - a, c, m - c), c(2, 2, k))
  keep <- apply(tables, 3, function(t) all(rowSums(t) > 0))
  p <- if (k == 1) fisher.test(tables[, , 1])$p.value
       else if (sum(keep) < 2) next
       else mantelhaen.test(tables[, , keep], exact = TRUE)$p.value
  shares <- c(shares, list(list(strata = lapply(seq_len(k), function(i) c(a[i], n[i], c[i], m[i])), p = p)))
}
write("stratified-shares.json", shares)

means <- list()
for (k in c(1, 2, 5)) for (effect in c(0, 12)) for (size in c(2, 10)) {
  n <- 2 + rpois(k, size); m <- 2 + rpois(k, size)
  stratum <- rep(rep(seq_len(k), 2), c(n, m)); side <- rep(c(1, 0), c(sum(n), sum(m)))
  y <- round(20 + 15 * stratum + rexp(length(side), 1 / 20) - effect * side, 3)
  fit <- if (k == 1) lm(y ~ side) else lm(y ~ side + factor(stratum))
  told <- summary(fit)$coefficients["side", ]
  means <- c(means, list(list(y = y, stratum = stratum, side = side, difference = told[[1]], error = told[[2]],
    degrees_of_freedom = fit$df.residual, p = told[[4]])))
}
write("stratified-means.json", means)
