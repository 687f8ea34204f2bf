# R's answers to random tables, for tests/backtest/test_r_tables.py.
#
#     Rscript tests/backtest/random_tables.R SEED TABLES > tests/backtest/random_tables.csv        (committed: 1925 700)
#
# Each line is a call as tests/support/stats_cli reads it, and what R has for it. Only functions of R itself:
#   fisher               fisher.test; above 2000 people its own sum of dhyper, as fisher.test also fits an odds ratio, which fails there
#   wilson               prop.test(correct = FALSE)
#   newcombe             the hybrid of two such intervals
#   katz, woolf          the Wald interval of glm with the log and the logit link; where a group has only events, the log link has
#                        no fit, and the formula stands for it
#   katz_adjusted        the formula, by R's arithmetic
#   pooled_odds          mantelhaen.test: estimate and interval
#   holm, benjamini_hochberg   p.adjust
#   binomial_at_most, binomial_at_least, chi_squared_above   pbinom, pchisq
arguments <- commandArgs(trailingOnly = TRUE)
set.seed(as.integer(arguments[1]))
tables <- as.integer(arguments[2])
z <- qnorm(0.975)

say <- function(call, values) {
  if (all(is.finite(values))) cat(call, ",", paste(sprintf("%.14g", values), collapse = " "), "\n", sep = "")
}

near <- function(trials, rate) min(trials, max(0, round(trials * rate + rnorm(1, 0, 2.5) * sqrt(trials * rate * (1 - rate)))))

draw <- function() {
  most <- sample(c(5, 20, 100, 1500, 30000, 1000000), 1, prob = c(2, 4, 4, 4, 2, 1))
  trials <- ceiling(runif(2) * most)
  if (most > 100 || runif(1) < 0.5) {
    rate <- sample(c(0.002, 0.02, 0.1, 0.35, 0.5, 0.9), 1)
    events <- c(near(trials[1], rate), near(trials[2], min(1, rate * runif(1, 0.7, 1.4))))
  } else {
    events <- floor(runif(2) * (trials + 1))
  }
  if (runif(1) < 0.06) events[sample(2, 1)] <- 0
  list(x = events, n = trials)
}

fisher_p <- function(x, n) {
  support <- max(0, sum(x) - n[2]):min(n[1], sum(x))
  density <- dhyper(support, n[1], n[2], sum(x))
  limit <- density[support == x[1]] * (1 + 1e-7)
  if (limit == 0 || any(abs(density / limit - 1) < 1e-9)) return(NA)      # as good as equally likely by the rule: either answer is right
  if (sum(n) <= 2000) return(fisher.test(matrix(c(x, n - x), 2), conf.int = FALSE)$p.value)
  sum(density[density <= limit])
}

wald <- function(x, n, link) {
  group <- c(1, 0)
  of <- binomial(link)
  fit <- glm(cbind(x, n - x) ~ group, family = of, start = c(of$linkfun(x[2] / n[2]), of$linkfun(x[1] / n[1]) - of$linkfun(x[2] / n[2])),
             control = glm.control(epsilon = 1e-10))
  exp(unname(coef(fit)[2] + c(-1, 1) * z * sqrt(vcov(fit)[2, 2])))
}

katz <- function(x, n) exp(log(x[1] / n[1]) - log(x[2] / n[2]) + c(-1, 1) * z * sqrt(sum(1 / x - 1 / n)))

wilson <- function(x, n) suppressWarnings(as.numeric(prop.test(x, n, correct = FALSE)$conf.int))

newcombe <- function(x, n) {
  p <- x / n
  a <- wilson(x[1], n[1])
  b <- wilson(x[2], n[2])
  p[1] - p[2] + c(-sqrt((p[1] - a[1])^2 + (b[2] - p[2])^2), sqrt((a[2] - p[1])^2 + (p[2] - b[1])^2))
}

text <- function(x) formatC(x, format = "d")
pair <- function(t) paste(text(t$x[1]), text(t$n[1]), text(t$x[2]), text(t$n[2]))

of_table <- function() {
  t <- draw()
  x <- t$x
  n <- t$n
  if (max(n) > 30000 && runif(1) < 0.5) return(invisible())
  p <- fisher_p(x, n)
  if (!is.na(p) && p > 1e-290) say(paste("fisher", pair(t)), p)
  say(paste("wilson", text(x[1]), text(n[1])), wilson(x[1], n[1]))
  say(paste("newcombe", pair(t)), newcombe(x, n))
  if (all(x > 0)) say(paste("katz", pair(t)), if (all(x < n)) wald(x, n, "log") else katz(x, n))
  if (x[1] == 0 && x[2] > 0) say(paste("katz_adjusted", pair(t)), c(0, katz(x + 0.5, n + 0.5)[2]))
  if (all(x > 0) && all(x < n)) say(paste("woolf", text(x[1]), text(n[1] - x[1]), text(x[2]), text(n[2] - x[2])), c(x[1] / (n[1] - x[1]) / (x[2] / (n[2] - x[2])), wald(x, n, "logit")))
}

of_strata <- function() {
  count <- sample(2:6, 1)
  strata <- lapply(seq_len(count), function(i) repeat {
    t <- draw()
    if (max(t$n) <= 30000 && min(t$n) > 0) return(t)
  })
  cells <- array(unlist(lapply(strata, function(t) c(t$x, t$n - t$x))), c(2, 2, count))
  keep <- apply(cells, 3, sum) > 1                  # mantelhaen.test asks for it
  if (sum(keep) < 2) return(invisible())
  test <- try(mantelhaen.test(cells[, , keep, drop = FALSE], correct = FALSE), silent = TRUE)
  if (inherits(test, "try-error") || !is.finite(test$estimate) || test$estimate == 0) return(invisible())
  say(paste("pooled_odds", paste(vapply(strata[keep], pair, ""), collapse = " ")), c(test$estimate, test$conf.int))
}

of_family <- function() {
  p <- signif(runif(sample(2:12, 1))^sample(1:6, 1), 4)
  if (runif(1) < 0.3) p <- c(p, p[1], 1)
  call <- paste(sprintf("%.17g", p), collapse = " ")
  say(paste("holm", call), p.adjust(p, "holm"))
  say(paste("benjamini_hochberg", call), p.adjust(p, "BH"))
}

of_tails <- function() {
  n <- round(10^runif(1, 0, 6))
  p <- signif(10^runif(1, -4, -0.01), 6)
  x <- near(n, p)
  call <- paste(text(x), text(n), sprintf("%.17g", p))
  degrees <- round(10^runif(1, 0, 3))
  statistic <- signif(max(0.001, degrees + rnorm(1, 0, 3) * sqrt(2 * degrees)), 8)
  say(paste("binomial_at_most", call), pbinom(x, n, p))
  say(paste("binomial_at_least", call), pbinom(x - 1, n, p, lower.tail = FALSE))
  say(paste("chi_squared_above", sprintf("%.17g", statistic), text(degrees)), pchisq(statistic, degrees, lower.tail = FALSE))
}

for (i in seq_len(tables)) of_table()
for (i in seq_len(tables %/% 4)) of_strata()
for (i in seq_len(tables %/% 20)) of_family()
for (i in seq_len(tables %/% 4)) of_tails()
