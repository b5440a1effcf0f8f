namespace Guildhall.Matching;

/// <summary>Prices found by a quarter of the mentees first, where places are scarce: most of the bids of the coarse phases are saved.</summary>
internal sealed unsafe partial class AuctionStart
{
    // A quarter of the mentees bids for a quarter of each mentor's places in the first phases.
    const int SampleShare = 4, SamplePhases = 2;

    // Where places are scarce, a price is held up by mentees who go without, near by and many. Where they aren't, it hangs on the whole market,
    // and a sample misleads: with such prices the finish took 10 s for 0.1 on B at 100,000.
    const int FewestWitnesses = 4;

    // With more places than these for a hundred mentees no sample is tried, for it would mostly be in vain.
    const int MostPlaces = 60;

    // Below this share of mentors whose price is held up, in percent, bidding starts anew with everybody: the sample has cost a twentieth.
    const int LeastHeldUp = 80;

    // Every how many mentees bid now, and for what part of the places.
    int share = 1;

    // Whether a sample has brought prices to go on with after its phases. A mentor's price that nobody held up is 0 again.
    bool PricedBySample()
    {
        if (100L * bids.Length > (long)MostPlaces * pairOf.Length)
            return false;
        share = SampleShare;
        for (var k = 0; k < SamplePhases; k++)
        {
            if (k > 0)
                Reopen(Phases[k - 1]);
            Auction(Phases[k]);
        }
        var witnesses = CountWitnesses(Phases[0]);
        Reopen(Phases[SamplePhases - 1]);
        share = 1;
        var (open, heldUp) = (0, 0);
        for (var j = 0; j < price.Length; j++)
        {
            open += Places(j) > 0 ? 1 : 0;
            heldUp += witnesses[j] >= FewestWitnesses ? 1 : 0;
        }
        var goOn = 100L * heldUp >= (long)LeastHeldUp * open;
        for (var j = 0; j < price.Length; j++)
            if (Places(j) > 0 && !(goOn && witnesses[j] >= FewestWitnesses))
                Clear(j);
        return goOn;
    }

    // By mentor, the mentees of the sample left without a place to whom it comes nearly as dear as it is worth.
    int[] CountWitnesses(int nearly)
    {
        var witnesses = new int[price.Length];
        for (var i = 0; i < pairOf.Length; i += SampleShare)
        {
            if (pairOf[i] >= 0)
                continue;
            var unmatched = -(int)bonus[problem.PriorityArray[i]];
            for (var e = starts[i]; e < starts[i + 1]; e++)
                if (scores[e] - prices[mentors[e]] > unmatched - nearly)
                    witnesses[mentors[e]]++;
        }
        return witnesses;
    }

    void Clear(int mentor)
    {
        foreach (var bidder in bidders.AsSpan(placeStart[mentor], load[mentor]))
            pairOf[bidder] = -1;
        (price[mentor], load[mentor]) = (0, 0);
    }

    int Places(int mentor)
    {
        var places = placeStart[mentor + 1] - placeStart[mentor];
        return share == 1 || places == 0 ? places : Math.Max(1, (places + share / 2) / share);
    }
}
