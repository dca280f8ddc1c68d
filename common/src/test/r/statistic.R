# Golden values of org.smileadventure.common.statistic. In this directory: Rscript statistic.R
# R 4.2.2, sandwich 3.0-2, metafor 3.8-1, jsonlite. Reads nothing but its seed.
suppressPackageStartupMessages({library(sandwich); library(metafor); library(jsonlite)})
set.seed(18)
out <- "../resources/golden/statistic"
write <- function(name, cases) {
  lines <- sapply(cases, function(case) toJSON(case, digits = NA, auto_unbox = TRUE))
  writeLines(c("[", paste0(lines, c(rep(",", length(lines) - 1), "")), "]"), file.path(out, name))
}
ar <- function(n, rho) as.numeric(stats::filter(rnorm(n), rho, method = "recursive"))
days <- function(n) cumsum(rpois(n, 1.2))

robust <- function(x, y, group) {
  keep <- group %in% names(which(table(group) > 1)); x <- x[keep]; y <- y[keep]; group <- factor(group[keep])
  n <- length(x); k <- nlevels(group) + 1
  fit <- if (k > 2) lm(y ~ x + group) else lm(y ~ x)
  lag <- floor(4 * (n / 100)^(2 / 9))
  nw <- sqrt(NeweyWest(fit, lag = lag, prewhite = FALSE, adjust = TRUE)["x", "x"])
  r <- unname(residuals(fit)); lag1 <- sum(r[-1] * r[-n]) / sum(r^2)
  X <- model.matrix(fit); H <- X %*% solve(crossprod(X), t(X))
  h <- sum(H[cbind(2:n, 1:(n - 1))]) / (n - k)
  rho <- (lag1 + h) / max(1 - 2 * h, 0.3)
  rho <- min(max((n * rho + 4) / (n + 8), 0), 0.85)
  ols <- summary(fit)$coefficients["x", "Std. Error"]
  se <- max(nw, ols * sqrt((1 + rho) / (1 - rho)))
  df <- max(2, floor((n * (1 - rho) / (1 + rho) - k) * 10) / 10)
  list(slope = unname(coef(fit)["x"]), lag1 = lag1, least_squares = ols, newey_west = nw, error = se,
       degrees_of_freedom = df, margin = qt(.975, df) * se, likely_margin = qt(.9, df) * se)
}
lines <- list()
for (n in c(4, 5, 8, 12, 30, 90, 200)) for (rho in c(0, .5)) for (groups in c(1, 3)) {
  x <- days(n); y <- round(50 + .2 * x + 8 * ar(n, rho), 1)
  group <- if (groups == 1) rep(1, n) else sample(3, n, TRUE)
  if (n < 12 && groups > 1) next
  lines <- c(lines, list(list(x = x, y = y, group = group, expected = robust(x, y, group))))
}
write("lines.json", lines)

kendall <- function(x, y) suppressWarnings(cor.test(x, y, method = "kendall", exact = FALSE, continuity = TRUE))
theil <- function(x, y) { p <- combn(length(x), 2); d <- x[p[2, ]] - x[p[1, ]]; median(((y[p[2, ]] - y[p[1, ]]) / d)[d != 0]) }
single <- function(ta, a, tb, b, up) {
  s <- if (up) 1 else -1; A <- s * a; B <- s * b; m <- length(a); n <- length(b)
  q <- outer(A, B, function(i, j) (j > i) + .5 * (j == i)); nap <- mean(q)
  v <- (nap - (m + n - 1) * nap^2 + n * mean(rowMeans(q)^2) + m * mean(colMeans(q)^2) - 2 * mean(q^2)) / ((m - 1) * (n - 1))
  h <- (m + n) / 2 - 1
  bound <- function(p, z) { # below p, by bisection of Newcombe's equation away from the root at 1
    f <- function(x) m * n * (p - x)^2 * (2 - x) * (1 + x) - z^2 * x * (1 - x) * (2 + h + (1 + 2 * h) * x * (1 - x))
    if (p == 0) 0 else uniroot(f, c(0, if (p == 1) 1 - 1e-9 else p), tol = 1e-13)$root }
  trended <- kendall(ta, A)$p.value
  corrected <- !is.na(trended) && trended < .05
  slope <- if (corrected) theil(ta, A) else 0
  left <- round(c(A - slope * ta, B - slope * tb), 9)
  tau <- if (sd(left) == 0) 0 else cor(rep(0:1, c(m, n)), left, method = "kendall")
  kept <- max(m, sapply(B, function(t) sum(A < t) + sum(B >= t)))
  ratio <- if (min(a, b) < 0 || mean(a) == 0 || mean(b) == 0) NULL else list(
    value = s * (log(mean(b)) + var(b) / (2 * n * mean(b)^2) - log(mean(a)) - var(a) / (2 * m * mean(a)^2)),
    error = sqrt(var(a) / (m * mean(a)^2) + var(b) / (n * mean(b)^2)))
  up_tri <- function(x) { d <- sign(outer(x, x, "-")); sum(d[lower.tri(d)]) }
  r <- list(median_a = median(a), median_b = median(b), trend_a = 7 * theil(ta, a), trend_b = 7 * theil(tb, b),
       nap = nap, nap_error = sqrt(max(0, v)), nap_low = bound(nap, qnorm(.975)), nap_high = 1 - bound(1 - nap, qnorm(.975)),
       corrected = corrected, corrected_tau = tau, pnd = mean(B > max(A)),
       ird = ((m + n) * kept - m^2 - n^2) / (2 * m * n), tau_u = (sum(2 * q - 1) - up_tri(A)) / (m * n))
  if (!is.null(ratio)) r$log_response_ratio <- ratio
  r
}
cases <- list()
for (m in c(3, 5, 8, 20, 60)) for (n in c(3, 9, 40)) for (drift in c(0, .6)) {
  ta <- days(m) + c(0, rep(1, m - 1)); tb <- max(ta) + 1 + days(n) + c(0, rep(1, n - 1)); up <- runif(1) < .5
  a <- pmax(0, round(50 + drift * ta + 5 * ar(m, .3))); b <- pmax(0, round(52 + drift * tb + 5 * ar(n, .3)))
  cases <- c(cases, list(list(times_a = ta, a = a, times_b = tb, b = b, up_is_good = up, expected = single(ta, a, tb, b, up))))
}
write("phases.json", cases)

p <- lapply(c(1, 2, 5, 12, 40), function(n) { p <- round(runif(n)^2, 3); list(p = I(p), expected = I(p.adjust(p, "BH"))) })
write("false-discovery.json", p)


shares <- lapply(1:20, function(i) {
  n <- sample(0:30, 1); s <- rbinom(1, n, .3); bn <- n + sample(0:200, 1); bs <- s + rbinom(1, bn - n, .1)
  base <- (bs + .5) / (bn + 1); a <- 5 * base + s; b <- 5 * (1 - base) + n - s
  list(successes = s, n = n, base_successes = bs, base_n = bn, expected = list(share = a / (a + b), low = qbeta(.025, a, b), high = qbeta(.975, a, b)))
})
write("shares.json", shares)

pools <- lapply(c(2, 3, 10, 10, 50, 200), function(k) {
  v <- round(runif(k, .01, .15), 4); y <- round(rnorm(k, .2, sqrt(v + if (k %% 4 == 2) .05 else 0)), 4)
  fit <- rma(y, v, method = "DL", test = "knha"); new <- predict(fit)
  list(effects = y, variances = v, expected = list(mean = fit$b[1], error = fit$se, low = fit$ci.lb, high = fit$ci.ub,
       prediction_low = new$pi.lb, prediction_high = new$pi.ub, tau2 = fit$tau2, i2 = fit$I2 / 100))
})
write("random-effects.json", pools)
