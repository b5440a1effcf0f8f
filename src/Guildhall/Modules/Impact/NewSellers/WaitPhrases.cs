using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Impact;

/// <summary>The words in which one thing that is waited for differs from the others.</summary>
sealed record WaitPhrases
{
    public required string Id { get; init; }
    public required string About { get; init; }

    /// <summary>“New sellers with a mentor …”.</summary>
    public required string Do { get; init; }

    /// <summary>“Of the first 90 days, the average mentee” … so many days …</summary>
    public required string Spent { get; init; }
    public required string For { get; init; }

    /// <summary>To whom it has not happened by the end.</summary>
    public required string Capped { get; init; }

    /// <summary>A mentee to whom it has not happened: “No mentee … has started yet”.</summary>
    public required string NotYet { get; init; }

    /// <summary>Sellers who … when they started.</summary>
    public required string HadNot { get; init; }

    /// <summary>Sellers of whom some … by a day.</summary>
    public required string Had { get; init; }

    /// <summary>“10 … on each side”.</summary>
    public required string Times { get; init; }
    public required string MoreOne { get; init; }
    public required string MoreMany { get; init; }
    public required string Middle { get; init; }
    public required string Alike { get; init; }
    public string Progress { get; init; } = "";

    /// <summary>Said where <see cref="Progress"/> differs too much.</summary>
    public string NotAsFar { get; init; } = "";

    /// <summary>What something unseen would have to make as likely as joining, or as unlikely.</summary>
    public required string Outcome { get; init; }
    public required string Paced { get; init; }
    public string PaceHow { get; init; } = "Pace, each mentee beside its own";
    public required string Share { get; init; }

    /// <summary>What is counted, where its name does not say it.</summary>
    public string Definition { get; init; } = "";
    public required string Settled { get; init; }
    public required string TrustTitle { get; init; }
    public required string OthersTitle { get; init; }

    public static WaitPhrases Of(WaitTerms terms, string? currencyCode)
    {
        var amount = terms.What == Awaited.Milestone ? Amounts.Shown(terms.Threshold, currencyCode) : "";
        return terms.What switch
        {
            Awaited.FirstSale => new()
            {
                Id = "first",
                About = "First sales of new sellers",
                Do = "make their first sale",
                Spent = "waited",
                For = " for a first sale",
                Capped = "whoever had none",
                NotYet = "without a sale",
                HadNot = "had not sold",
                Had = "had made a first sale",
                Times = "first sales",
                MoreOne = "more first sale",
                MoreMany = "more first sales",
                Middle = "Middle seller:",
                Alike = "Mentees and the others came at about the same time",
                Outcome = "an early first sale",
                Paced = "First sales come",
                PaceHow = "Pace, over all the time each was watched",
                Share = "Share of sellers with a first sale",
                Settled = "first sales",
                TrustTitle = "Can we trust these days?",
                OthersTitle = "First sales, read another way",
            },
            Awaited.Milestone => new()
            {
                Id = "milestone",
                About = $"New sellers on their way to {amount} in sales",
                Do = $"reach {amount} in sales",
                Spent = "needed",
                For = $" to reach {amount} in sales",
                Capped = "whoever did not reach it",
                NotYet = $"below {amount} in sales",
                HadNot = $"had sold for less than {amount}",
                Had = $"had sold for {amount}",
                Times = "sellers who reach it",
                MoreOne = "more seller who reaches it",
                MoreMany = "more sellers who reach it",
                Middle = "Middle seller:",
                Alike = "Mentees and the others came at about the same time and were as far",
                Progress = "The share of the milestone they had sold",
                NotAsFar = "They were not as far",
                Outcome = "reaching it early",
                Paced = "It is reached",
                Share = $"Share of sellers whose sales since signing up add up to {amount}",
                Settled = $"sales of {amount}",
                TrustTitle = "Can we trust the days to the milestone?",
                OthersTitle = "The milestone, read another way",
            },
            _ => new()
            {
                Id = "staying",
                About = "How long new sellers stay",
                Do = "go quiet",
                Spent = "stayed for",
                For = " before going quiet",
                Capped = "whoever did not go quiet",
                NotYet = "who has not gone quiet",
                HadNot = "had not gone quiet",
                Had = "had gone quiet",
                Times = "sellers who go quiet",
                MoreOne = "more seller who goes quiet",
                MoreMany = "more sellers who go quiet",
                Middle = "Middle seller goes quiet:",
                Alike = "Mentees and the others came at about the same time and had sold as lately",
                Progress = "How long they had been without an order",
                NotAsFar = "They had not sold as lately",
                Outcome = "going quiet",
                Paced = "Sellers go quiet",
                Share = "Share of sellers gone quiet",
                Definition = $"A seller goes quiet on the day on which {terms.Threshold} days have passed without an order, since signing up or since the last one.",
                Settled = $"gone quiet after {terms.Threshold} days without an order,",
                TrustTitle = "Can we trust how long they stay?",
                OthersTitle = "Staying, read another way",
            },
        };
    }
}
