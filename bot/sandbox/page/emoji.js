// Knows the shortcodes that people and bots commonly write, since Slack stores emoji as `:name:`.

const NAMES = `
+1 👍|thumbsup 👍|-1 👎|thumbsdown 👎|clap 👏|wave 👋|raised_hands 🙌|pray 🙏|muscle 💪|ok_hand 👌
point_up ☝️|point_right 👉|point_left 👈|point_down 👇|eyes 👀|brain 🧠|writing_hand ✍️|smile 😄
smiley 😃|grinning 😀|grin 😁|joy 😂|slightly_smiling_face 🙂|wink 😉|blush 😊|thinking_face 🤔
neutral_face 😐|confused 😕|cry 😢|sob 😭|sweat_smile 😅|sunglasses 😎|nerd_face 🤓|sleeping 😴
scream 😱|heart ❤️|yellow_heart 💛|green_heart 💚|blue_heart 💙|purple_heart 💜|broken_heart 💔
sparkling_heart 💖|white_check_mark ✅|heavy_check_mark ✔️|ballot_box_with_check ☑️|x ❌
negative_squared_cross_mark ❎|heavy_multiplication_x ✖️|heavy_plus_sign ➕|heavy_minus_sign ➖
question ❓|grey_question ❔|exclamation ❗|grey_exclamation ❕|warning ⚠️|no_entry ⛔
no_entry_sign 🚫|information_source ℹ️|bangbang ‼️|100 💯|hourglass ⌛|hourglass_flowing_sand ⏳
alarm_clock ⏰|stopwatch ⏱️|timer_clock ⏲️|watch ⌚|calendar 📆|date 📅|fire 🔥|zap ⚡|boom 💥|star ⭐
star2 🌟|sparkles ✨|tada 🎉|confetti_ball 🎊|balloon 🎈|gift 🎁|rocket 🚀|trophy 🏆|medal 🏅
sports_medal 🏅|first_place_medal 🥇|second_place_medal 🥈|third_place_medal 🥉|crown 👑
checkered_flag 🏁|triangular_flag_on_post 🚩|dart 🎯|game_die 🎲|bulb 💡|key 🔑|lock 🔒|unlock 🔓
bell 🔔|no_bell 🔕|mega 📣|loudspeaker 📢|speech_balloon 💬|thought_balloon 💭|memo 📝|pencil ✏️
pencil2 ✏️|book 📖|books 📚|blue_book 📘|green_book 📗|orange_book 📙|closed_book 📕|notebook 📓
bookmark 🔖|label 🏷️|scroll 📜|newspaper 📰|page_facing_up 📄|clipboard 📋|pushpin 📌|round_pushpin 📍
paperclip 📎|link 🔗|mag 🔍|mag_right 🔎|bar_chart 📊|chart_with_upwards_trend 📈
chart_with_downwards_trend 📉|computer 💻|keyboard ⌨️|gear ⚙️|wrench 🔧|hammer 🔨
hammer_and_wrench 🛠️|toolbox 🧰|package 📦|floppy_disk 💾|inbox_tray 📥|outbox_tray 📤
wastebasket 🗑️|bug 🐛|robot_face 🤖|ghost 👻|whale 🐳|snake 🐍|crab 🦀|elephant 🐘|penguin 🐧|owl 🦉
cat 🐱|dog 🐶|seedling 🌱|evergreen_tree 🌲|four_leaf_clover 🍀|sunny ☀️|cloud ☁️|rainbow 🌈
snowflake ❄️|umbrella ☔|earth_africa 🌍|coffee ☕|tea 🍵|pizza 🍕|cake 🍰|cookie 🍪|beers 🍻|apple 🍎
musical_note 🎵|art 🎨|movie_camera 🎥|camera 📷|red_circle 🔴|large_orange_circle 🟠
large_yellow_circle 🟡|large_green_circle 🟢|large_blue_circle 🔵|white_circle ⚪|black_circle ⚫
large_green_square 🟩|large_red_square 🟥|large_yellow_square 🟨|white_large_square ⬜
black_large_square ⬛|white_medium_square ◻️|white_small_square ▫️|black_small_square ▪️
small_blue_diamond 🔹|small_orange_diamond 🔸|radio_button 🔘|arrow_right ➡️|arrow_left ⬅️
arrow_up ⬆️|arrow_down ⬇️|arrow_forward ▶️|arrow_backward ◀️|arrows_counterclockwise 🔄|repeat 🔁
fast_forward ⏩|rewind ⏪|double_vertical_bar ⏸️|black_square_for_stop ⏹️
leftwards_arrow_with_hook ↩️|new 🆕|ok 🆗|sos 🆘|up 🆙|zero 0️⃣|one 1️⃣|two 2️⃣|three 3️⃣|four 4️⃣
five 5️⃣|six 6️⃣|seven 7️⃣|eight 8️⃣|nine 9️⃣|keycap_ten 🔟|bust_in_silhouette 👤
busts_in_silhouette 👥|mortar_board 🎓|school 🏫|house 🏠|office 🏢|moneybag 💰|gem 💎|shield 🛡️
handshake 🤝|crossed_fingers 🤞|partying_face 🥳|see_no_evil 🙈|shrug 🤷|facepalm 🤦|hugging_face 🤗
`;

const EMOJI = new Map(
  NAMES.trim()
    .split(/[|\n]/)
    .map((pair) => pair.split(" ")),
);

/** The characters of a shortcode (without its colons), or null if we do not know it. */
export function emoji(name) {
  return EMOJI.get(name.replace(/::skin-tone-\d$/, "")) ?? null;
}

/** Replace the shortcodes that we know; others stay as they were written. */
export function withEmoji(text) {
  return text.replace(/:([a-z0-9_+-]+):/g, (written, name) => emoji(name) ?? written);
}
