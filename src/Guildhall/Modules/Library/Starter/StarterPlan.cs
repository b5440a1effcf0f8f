namespace Guildhall.Modules.Library;

/// <summary>The 30/60/90-day plan of a new installation.</summary>
static class StarterPlan
{
    public static PlanSteps Steps { get; } = new([
        new("meet-your-mentor", PlanStage.Days1To30, "Prepare your first session", "Your mentor can help sooner when you know what you want to ask.", 20, """
            1. Write one sentence about what you want from these weeks.
            2. Write down what you have tried so far, also what did not work.
            3. Choose three listings to show: one you like, one you don’t, one that puzzles you.
            4. Write two questions.

            No mentor yet? Do it all the same. The answers are useful to you too.
            """, 5, "your-first-session"),
        new("first-listing", PlanStage.Days1To30, "Put your first listing live", "Nobody can buy what isn’t there. It need not be perfect: you can change it every day.", 60, """
            1. Take your best item, and photos of it in daylight: the whole item first, then its size beside a hand.
            2. Write a title from what it is, what it is made of and its size.
            3. Write two lines with the facts, then whatever else you want to say.
            4. Set a price and a shipping time you can keep in a bad week.
            5. Publish it, and open it on a phone to check it.
            """, 7, "listings-that-get-found", "first_listing_live"),
        new("work-out-your-floor", PlanStage.Days1To30, "Work out what one item really costs you", "A price below your costs makes each sale a loss, however many there are.", 30, """
            Take one item and add up material, packing, shipping, fees, your time at a wage you would accept, and a little for what breaks. Compare the sum with your price. If the price is lower, raise it today.
            """, 10, "set-a-price-you-can-live-on"),
        new("return-policy", PlanStage.Days1To30, "Write your return and shipping rules", "Buyers look for these before they pay, above all in a new shop.", 25, """
            Write four short sentences and put them where the marketplace wants them:

            - within how many days a buyer may send something back
            - who pays for the parcel
            - how fast you ship, counted in days you can keep
            - what you do when something arrives broken

            Then read the marketplace’s own rules on returns and check that yours fit.
            """, 14, "keep-the-rules-and-ship-on-time"),
        new("five-listings", PlanStage.Days1To30, "Have five listings live", "Five give buyers something to compare, and you something to learn from.", 150, """
            Do one a day rather than five in an evening. Choose items that people would look for in different words. Use the same order each time: photos, title, facts, price, shipping. Ask a friend to look at each for ten seconds and tell you what it is.
            """, 21, "listings-that-get-found", "five_listings_live"),
        new("first-sale", PlanStage.Days1To30, "Make your first sale", "It shows that a stranger finds you, trusts you and pays you.", 45, """
            You can’t force it, but you can help:

            1. Look at your listings as a buyer: search for the item and see where you stand.
            2. Mend the weakest first photo.
            3. Tell ten people who might know a buyer, with a link to one item. Don’t ask them to buy.

            When the order comes, pack it the same day and add a line by hand.
            """, 30, "listings-that-get-found", "first_sale"),

        new("weekly-table", PlanStage.Days31To60, "Start your weekly table", "Ten minutes a week show you where to work, and where not to.", 20, """
            Make a table with a line a week: visits, orders, and what is left over. Fill in the last four weeks. Where the marketplace shows nothing, write “not known”. Choose a fixed time for it, such as Monday morning.
            """, 35, "decide-by-your-own-numbers"),
        new("first-review", PlanStage.Days31To60, "Get your first review", "A new buyer believes another buyer sooner than they believe you.", 20, """
            1. A few days after a parcel arrived, ask once: “Did everything arrive well? If you have a minute, a review helps a small shop.”
            2. Put a short note into each parcel that says how to reach you if something is wrong.

            Never pay for a review and never ask friends for one.
            """, 45, "answer-buyers-well", "first_review"),
        new("answers-file", PlanStage.Days31To60, "Write your file of answers", "Fast, clear answers sell, and they keep small problems small.", 40, """
            Write down what buyers ask most, and what you answer: size, shipping time, returns, made to order. Add your answer for a late parcel and for a broken item. Put what is asked most into the listings. Choose two times a day when you answer messages.
            """, 50, "answer-buyers-well"),
        new("five-orders", PlanStage.Days31To60, "Reach five orders", "With five you begin to see who buys, and why.", 60, """
            Look at the orders you have: which item, from where, what did they ask? Make one more listing like the item that sells. Improve the one with the most visits and no order: read its facts, its price and its shipping time as a buyer would.
            """, 60, "decide-by-your-own-numbers", "five_orders"),

        new("count-stock", PlanStage.Days61To90, "Know when to order again", "Running out of your best item hides it from buyers.", 40, """
            Count your five best items and correct the stock in the listings. Work out how many weeks each lasts. Write on a slip beside it the number at which you will order or make more.
            """, 68, "never-sell-what-you-do-not-have"),
        new("order-a-week", PlanStage.Days61To90, "Sell at least once a week", "A steady week is easier to plan, and to build on, than one lucky day.", 90, """
            Look at your table: do people find you, and do those who come buy? Work on the first no. Change one thing, note the date, and give it two weeks before you judge it. Ask your mentor, if you have one, to look at the same numbers before your next session.
            """, 80, "decide-by-your-own-numbers", "order_a_week"),
        new("five-reviews", PlanStage.Days61To90, "Have five reviews", "Several voices count for more than one, and they tell you what to mend.", 30, """
            Go on asking once after each order. Read all reviews together: what do people praise that your listings don’t say? Put it there, in their words. What do they complain about twice? Mend that first.
            """, 85, "answer-buyers-well", "five_reviews"),
        new("look-back", PlanStage.Days61To90, "Look back and choose what is next", "What you learned is worth more when you have written it down.", 45, """
            Answer five questions on one page:

            1. What did I want on day 1, and where do I stand?
            2. Which change helped, and how do I know?
            3. What did I try that didn’t help?
            4. What costs me most time for least result?
            5. What is the one thing for the next 90 days?

            Bring the page to your mentor, or show it to another seller.
            """, 90, "decide-by-your-own-numbers"),
    ]);
}
