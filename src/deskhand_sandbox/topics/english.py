"""English."""

from deskhand_sandbox.topics.topic import Language, Topic

ENGLISH = Language(
    topics=(
        Topic(
            "shop",
            "Where is my order {order}?",
            "Hello,\n\nI ordered nine days ago and the tracking page has not changed since Monday. The order number is {order}. "
            "Could you find out where it is? It is meant as a present for Saturday.",
        ),
        Topic(
            "shop",
            "Wrong size delivered, order {order}",
            "Hi there,\n\nI asked for the medium and received the large one. Everything else in order {order} is fine. "
            "Do I have to send it back before you ship the right one?",
        ),
        Topic(
            "shop",
            "Change of delivery address for {order}",
            "Good morning,\n\nWe are moving this weekend. Can order {order} still go to the new address?\n\n14 Wharf Lane\nBristol BS1 4RW",
        ),
        Topic(
            "refund",
            "Refund of € {amount} not received",
            "Dear team,\n\nYou confirmed the refund of € {amount} for order {order} two weeks ago, but my bank has not seen it. "
            "Can you check which account it went to?",
        ),
        Topic(
            "refund",
            "Charged twice for order {order}",
            "Hello,\n\nMy card was charged € {amount} twice on the same day. There is only one order ({order}). "
            "Please return one of the two. A screenshot of my statement is ready if you need it.",
        ),
        Topic(
            "refund",
            "Lamp arrived broken 😞",
            "Hi,\n\nthe glass shade was in pieces when I opened the box. The box itself looks fine. "
            "I would rather have a new shade than my money back. Order {order}.",
        ),
        Topic(
            "software",
            "Export to CSV stops at 10,000 rows",
            "Hi team,\n\nsince version {version} our nightly export ends after exactly 10,000 rows, without an error. "
            "The week before it wrote all 48,212. Nothing changed on our side.\n\nSteps:\n1. Reports > Orders\n2. Export > CSV\n3. Count the lines",
        ),
        Topic(
            "software",
            "SSO login loops after certificate change",
            "Hello,\n\nwe replaced our identity provider's certificate on Tuesday. Since then users bounce between our sign-in page "
            "and yours until the browser gives up. The metadata URL is unchanged. Request id: req_{order}.",
        ),
        Topic(
            "software",
            "Webhook deliveries delayed by an hour",
            "Good afternoon,\n\nyour status page is green, but webhooks for `invoice.paid` reach us about 55 minutes late. "
            "We see it in all three regions since {version}.",
        ),
        Topic(
            "software",
            "Feature request: keyboard shortcut for archive",
            "Hey 👋\n\nour people archive some 300 items a day. A single key for it would be wonderful. Is that planned?",
        ),
        Topic(
            "software",
            "API returns 409 on first create",
            "Hi,\n\nPOST /v2/contacts answers 409 for an e-mail address that has never existed in our account. "
            "Body and headers are in the attached file. It happens for about 1 in 50 calls.",
        ),
        Topic(
            "office",
            "Question about invoice {order}",
            "Hello,\n\nas we are registered in Ireland: should invoice {order} not be without VAT? The amount is € {amount}.",
        ),
        Topic(
            "routing",
            "Quote request: 40 desks for a new office",
            "Hello,\n\nwe open an office in May and need 40 height-adjustable desks, delivered and assembled. Could somebody call me this week?",
        ),
        Topic(
            "routing",
            "Callback about contract {order}",
            "Hi,\n\nour contract {order} ends next month. I would like to talk about the terms before it renews by itself.",
        ),
    ),
    later=(
        "Thank you for the quick answer. I will check and come back to you.",
        "That did not help, I am afraid. Is there anything else we can try?",
        "Any news on this? It has been a few days.",
        "Great, that solved it. 🎉 Have a nice weekend!",
        "I have attached what you asked for. Let me know if you need more.",
        "It happened again this morning, at about 9:40.",
        "Sorry, wrong number in my last message: it should be {order}.",
    ),
    answers=(
        "Thanks for reaching out. I have looked this up and will get back to you today.",
        "I am sorry for the trouble. Could you send us a photo or a screenshot?",
        "Good news: this is arranged. You will see it within two working days.",
        "I have passed this on to my colleagues and will keep an eye on it for you.",
        "We can reproduce it now, thank you for the clear description. A fix is on its way.",
        "Would Thursday between 9 and 12 suit you?",
    ),
)
