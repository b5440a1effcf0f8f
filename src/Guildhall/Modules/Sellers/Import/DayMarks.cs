namespace Guildhall.Modules.Sellers;

/// <summary>Remembers which seller-days were seen, a bit each: a month of a seller takes four bytes, where a hash set would take some forty a day.</summary>
sealed class DayMarks
{
    // 128 MB. A file whose days are strewn over centuries is asked about in the database instead.
    const long MostMonths = 32L << 20;

    long held;
    readonly List<(int FirstMonth, uint[] Months)> sellers = [];

    /// <summary>Marks a day; <c>false</c> when it was marked before, or when that can't be told any more.</summary>
    public bool Mark(int seller, DateOnly day)
    {
        if (seller < 0 || held > MostMonths) return false;
        while (sellers.Count <= seller) sellers.Add((0, []));
        var month = day.Year * 12 + day.Month - 1;
        var (first, months) = sellers[seller];
        if (months.Length == 0) (first, months) = (month, new uint[1]);
        if (month < first)
        {
            // Grown by half of what is there, so that a file in falling order of days isn't copied each month.
            var before = Math.Max(first - month, months.Length / 2);
            var grown = new uint[months.Length + before];
            months.CopyTo(grown, before);
            (first, months) = (first - before, grown);
        }
        else if (month - first >= months.Length)
        {
            Array.Resize(ref months, Math.Max(month - first + 1, months.Length * 3 / 2));
        }
        held += months.Length - sellers[seller].Months.Length;
        sellers[seller] = (first, months);

        ref var bits = ref months[month - first];
        var bit = 1u << (day.Day - 1);
        var isNew = (bits & bit) == 0;
        bits |= bit;
        return isNew;
    }
}
