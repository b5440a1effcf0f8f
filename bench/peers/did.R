# Processor seconds of R's did package on the panel that `bench effects` writes: seller, month, joined, y, quality, category.
suppressPackageStartupMessages({library(did); library(data.table)})
panel <- fread(commandArgs(trailingOnly = TRUE)[1])
panel[, category := factor(category)]
for (x in list(plain = ~1, doubly_robust = ~quality + category)) {
  used <- system.time(att_gt("y", "month", "seller", "joined", xformla = x, data = panel, anticipation = 1, est_method = "dr", bstrap = FALSE, cband = FALSE))
  cat(sprintf("  did %s, %s: %.2f\n", packageVersion("did"), deparse(x), used[["user.self"]] + used[["sys.self"]]))
}
