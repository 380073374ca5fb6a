/** An emoji with its name and other words to search for. */
export interface NamedEmoji {
  readonly emoji: string;
  readonly name: string;
  readonly words: readonly string[];
}

/** The most used emoji, each with its name and other words for it. */
const LIST = `
😀 grinning|😃 smiley happy|😄 smile happy|😁 grin|😆 laughing|😅 sweat_smile phew|🤣 rofl laugh
😂 joy laugh tears|🙂 slight_smile|🙃 upside_down|🫠 melting|😉 wink|😊 blush happy|😇 innocent angel
🥰 smiling_hearts love|😍 heart_eyes love|🤩 star_struck wow|😘 kissing_heart|😋 yum tasty|😛 tongue
😜 stuck_out_tongue|🤪 zany crazy|🤑 money_mouth|🤗 hugs hug|🤭 hand_over_mouth oops|🫢 gasp
🤫 shushing quiet|🤔 thinking hmm|🫡 salute|🤐 zipper_mouth|🤨 raised_eyebrow|😐 neutral_face meh
😑 expressionless|😶 no_mouth|🫥 dotted_line_face|😏 smirk|😒 unamused|🙄 roll_eyes|😬 grimacing yikes
🤥 lying|😌 relieved|😔 pensive sad|😪 sleepy|🤤 drooling|😴 sleeping tired|😷 mask|🤒 thermometer_face sick
🤕 hurt|🤢 nauseated|🤮 vomiting|🤧 sneezing|🥵 hot_face|🥶 cold_face|🥴 woozy|😵 dizzy_face
🤯 exploding_head mind_blown|🤠 cowboy|🥳 partying party|🥸 disguised|😎 sunglasses cool|🤓 nerd
🧐 monocle|😕 confused|🫤 diagonal_mouth|😟 worried|🙁 frowning sad|😮 open_mouth wow|😲 astonished
😳 flushed|🥺 pleading please|🥹 holding_back_tears|😦 frowning_open|😨 fearful|😰 cold_sweat|😥 sad_relieved
😢 cry sad|😭 sob cry|😱 scream|😖 confounded|😣 persevere|😞 disappointed|😓 sweat|😩 weary|😫 tired_face
🥱 yawning bored|😤 triumph|😡 rage angry|😠 angry|🤬 cursing|😈 smiling_imp|👿 imp|💀 skull dead
💩 poop|🤡 clown|👻 ghost|👽 alien|🤖 robot|😺 smiley_cat|😹 joy_cat|😻 heart_eyes_cat|🙈 see_no_evil
🙉 hear_no_evil|🙊 speak_no_evil|💋 kiss|❤️ heart love|🧡 orange_heart|💛 yellow_heart|💚 green_heart
💙 blue_heart|💜 purple_heart|🖤 black_heart|🤍 white_heart|🤎 brown_heart|💔 broken_heart|💕 two_hearts
💖 sparkling_heart|💯 100 hundred|💢 anger|💥 boom|💫 dizzy|💦 sweat_drops|💨 dash|💬 speech_balloon
💭 thought_balloon|💤 zzz sleep|👋 wave hello bye|🤚 raised_back_of_hand|✋ raised_hand stop|🖖 vulcan
👌 ok_hand okay|🤌 pinched_fingers|🤏 pinching|✌️ v victory peace|🤞 crossed_fingers luck|🫰 hand_heart
🤟 love_you|🤘 metal rock|🤙 call_me|👈 point_left|👉 point_right|👆 point_up|👇 point_down|👍 +1 thumbsup yes
👎 -1 thumbsdown no|✊ fist|👊 facepunch|👏 clap bravo|🙌 raised_hands hooray|🫶 heart_hands|👐 open_hands
🤝 handshake deal|🙏 pray thanks please|✍️ writing_hand|💅 nail_care|💪 muscle strong|🦾 mechanical_arm
🧠 brain|👀 eyes look|👁️ eye|👅 tongue_out|👶 baby|🧑 person|👩 woman|👨 man|🙋 raising_hand|🤦 facepalm
🤷 shrug|🧑‍💻 technologist|🧑‍🚀 astronaut|🧙 mage|🧟 zombie|🚶 walking|🏃 running|💃 dancer dance|🕺 man_dancing
🧘 yoga|🏊 swimmer|🚴 cyclist bike|👪 family|🗣️ speaking_head|👣 footprints|🐵 monkey_face|🐶 dog|🐺 wolf
🦊 fox|🐱 cat|🦁 lion|🐯 tiger|🐴 horse|🦄 unicorn|🐮 cow|🐷 pig|🐭 mouse|🐹 hamster|🐰 rabbit|🐻 bear
🐼 panda|🐨 koala|🐸 frog|🐔 chicken|🐧 penguin|🐦 bird|🦆 duck|🦅 eagle|🦉 owl|🐢 turtle|🐍 snake
🐉 dragon|🐳 whale|🐬 dolphin|🐟 fish|🦈 shark|🐙 octopus|🐌 snail|🦋 butterfly|🐛 bug|🐝 bee|🐞 ladybug
🕷️ spider|🌸 cherry_blossom flower|🌹 rose|🌻 sunflower|🌷 tulip|🌱 seedling plant|🌲 evergreen tree
🌴 palm_tree|🌵 cactus|🍀 four_leaf_clover luck|🍁 maple_leaf autumn|🍄 mushroom|🌍 earth world|🌙 moon
🌞 sun_face|⭐ star|🌟 glowing_star|✨ sparkles|⚡ zap lightning|🔥 fire hot|🌈 rainbow|☀️ sunny sun
⛅ partly_sunny|☁️ cloud|🌧️ rain|⛈️ thunder|❄️ snowflake cold|⛄ snowman|🌊 ocean|☔ umbrella|🍎 apple
🍊 tangerine|🍋 lemon|🍌 banana|🍉 watermelon|🍇 grapes|🍓 strawberry|🍒 cherries|🍑 peach|🥝 kiwi|🍅 tomato
🥑 avocado|🥕 carrot|🌽 corn|🌶️ hot_pepper|🥦 broccoli|🧄 garlic|🥔 potato|🍞 bread|🥐 croissant|🧀 cheese
🥚 egg|🥓 bacon|🍔 hamburger|🍟 fries|🍕 pizza|🌭 hotdog|🥪 sandwich|🌮 taco|🍣 sushi|🍜 ramen noodles
🍝 spaghetti pasta|🍚 rice|🥗 salad|🍿 popcorn|🍩 doughnut|🍪 cookie|🎂 birthday cake|🍰 shortcake
🍫 chocolate|🍬 candy|🍦 icecream|☕ coffee|🍵 tea|🍺 beer|🍻 beers cheers|🥂 clinking_glasses cheers
🍷 wine|🥃 whisky|🍸 cocktail|🥤 cup_with_straw|🍽️ plate dinner|🏠 house home|🏢 office|🏫 school
🏥 hospital|🏖️ beach holiday|🏔️ mountain|🏕️ camping tent|🗺️ map|🚗 car|🚕 taxi|🚌 bus|🚆 train|🚲 bicycle bike
✈️ airplane flight|🚀 rocket ship_it|🛸 ufo|🚢 ship|⛵ sailboat|⛴️ ferry|⚓ anchor|🚦 traffic_light|🚧 construction
🚨 rotating_light alarm|⌛ hourglass|⏰ alarm_clock|⏳ hourglass_flowing wait|⌚ watch|🎉 tada party hooray
🎊 confetti party|🎈 balloon|🎁 gift present|🎄 christmas_tree|🎃 jack_o_lantern halloween|🏆 trophy
🥇 first_place gold|🥈 second_place|🥉 third_place|⚽ soccer football|🏀 basketball|🎾 tennis|🎯 dart target
🎮 video_game|🎲 game_die dice|🧩 jigsaw puzzle|♟️ chess_pawn|🎨 art|🎬 clapper film|🎤 microphone|🎧 headphones
🎵 musical_note music|🎸 guitar|🎹 piano|🥁 drum|🎭 masks theatre|📱 phone|💻 laptop computer|⌨️ keyboard
🖥️ desktop|🖨️ printer|💾 floppy_disk save|📷 camera|📺 tv|🔋 battery|🔌 plug|💡 bulb idea|🔦 flashlight
🕯️ candle|🗑️ wastebasket trash|💸 money_with_wings|💰 moneybag|💎 gem|🔧 wrench fix|🔨 hammer|🛠️ tools
⚙️ gear|🔩 nut_and_bolt|🧲 magnet|🧪 test_tube|🔬 microscope|🔭 telescope|💊 pill|💉 syringe|🚪 door
🛏️ bed|🛒 shopping_cart|🎒 backpack|👓 glasses|👑 crown|🎓 graduation|📚 books|📖 book|📝 memo note
✏️ pencil|📌 pushpin pin|📍 round_pushpin place|📎 paperclip|✂️ scissors|📅 calendar date|📈 chart_up
📉 chart_down|📊 bar_chart|📋 clipboard|📁 folder|📦 package|📬 mailbox|✉️ envelope mail|📧 email|📢 loudspeaker
🔔 bell|🔕 no_bell|🔍 mag search|🔒 lock|🔓 unlock|🔑 key|🔗 link|🧭 compass|⚠️ warning|⛔ no_entry|🚫 no_entry_sign
✅ white_check_mark done yes|☑️ ballot_check|✔️ check|❌ x no|❓ question|❗ exclamation|‼️ bangbang|💠 diamond
➕ plus|➖ minus|➡️ arrow_right|⬅️ arrow_left|⬆️ arrow_up|⬇️ arrow_down|🔄 arrows refresh|🔁 repeat|♻️ recycle
🆗 ok|🆕 new|🆘 sos help|🔴 red_circle|🟠 orange_circle|🟡 yellow_circle|🟢 green_circle|🔵 blue_circle
🟣 purple_circle|⚫ black_circle|⚪ white_circle|🏁 checkered_flag finish|🚩 red_flag|🏳️ white_flag
🏴 black_flag|🏳️‍🌈 rainbow_flag pride|🏴‍☠️ pirate_flag|#️⃣ hash|0️⃣ zero|1️⃣ one|2️⃣ two|3️⃣ three`;

/** All of them, in the order in which they are shown. */
export const emojiList: readonly NamedEmoji[] = LIST.trim()
  .split(/[|\n]/)
  .map((entry) => {
    const [emoji = "", name = "", ...words] = entry.split(" ");
    return { emoji, name, words };
  });
