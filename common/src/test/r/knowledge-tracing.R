# Golden numbers for KnowledgeTracingTest. Plain R, from the directory of this file:
#   Rscript knowledge-tracing.R
# The likelihood is that of the two-state hidden Markov model, written with matrices, and its peak is
# looked for with L-BFGS-B: neither the formulas nor the search of KnowledgeTracing.
golden <- "../resources/golden"

# 60 learners with 12 attempts each.
set.seed(1995)
truth <- c(known = 0.25, learn = 0.2, guess = 0.15, slip = 0.08)
learners <- 60
attempts <- 12
rows <- list()
for (i in seq_len(learners)) {
  known <- runif(1) < truth["known"]
  for (n in seq_len(attempts)) {
    success <- runif(1) < if (known) 1 - truth["slip"] else truth["guess"]
    rows[[length(rows) + 1]] <- data.frame(learner = i, attempt = n, success = as.integer(success))
    if (!known) known <- runif(1) < truth["learn"]
  }
}
played <- do.call(rbind, rows)
write.csv(played, file.path(golden, "knowledge-tracing.csv"), row.names = FALSE, quote = FALSE)

# States: not known, known.
model <- function(p) list(
  start = c(1 - p[1], p[1]),
  step = matrix(c(1 - p[2], p[2], 0, 1), 2, byrow = TRUE),
  shows = rbind(c(1 - p[3], p[3]), c(p[4], 1 - p[4])))

log_likelihood <- function(p, sequences) {
  m <- model(p)
  sum(sapply(sequences, function(s) {
    alpha <- m$start * m$shows[, s[1] + 1]
    for (o in s[-1]) alpha <- (alpha %*% m$step)[1, ] * m$shows[, o + 1]
    log(sum(alpha))
  }))
}

course <- function(p, s) {
  m <- model(p)
  state <- m$start
  sapply(s, function(o) {
    state <<- state * m$shows[, o + 1]
    state <<- (state / sum(state)) %*% m$step
    state[2]
  })
}

sequences <- split(played$success, played$learner)
best <- NULL
for (start in list(c(.3, .15, .2, .1), c(.1, .05, .1, .3), c(.6, .3, .4, .05), c(.5, .5, .25, .25))) {
  fit <- optim(start, function(p) -log_likelihood(p, sequences), method = "L-BFGS-B",
               lower = rep(.01, 4), upper = c(.99, .99, .49, .49),
               control = list(factr = 10, maxit = 2000))
  if (is.null(best) || fit$value < best$value) best <- fit
}
usual <- c(.3, .15, .2, .1)
result <- data.frame(
  name = c("known", "learn", "guess", "slip", "log_likelihood", "usual_log_likelihood"),
  value = c(best$par, -best$value, log_likelihood(usual, sequences)))
write.csv(result, file.path(golden, "knowledge-tracing-fit.csv"), row.names = FALSE, quote = FALSE)

seen <- do.call(rbind, lapply(1:5, function(i) data.frame(
  learner = i, attempt = seq_len(attempts), known = course(usual, sequences[[i]]))))
seen$known <- format(seen$known, digits = 15)
write.csv(seen, file.path(golden, "knowledge-tracing-course.csv"), row.names = FALSE, quote = FALSE)
